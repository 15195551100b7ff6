package org.trimtab.head;

import java.util.Set;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.ReadRows;
import org.trimtab.base.Check;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * Linear, tanh, linear on the pooled row, as RoBERTa's classifier.
 *
 * @param dropout before each linear layer
 * @param initStd standard deviation of the weights at the start; biases start at 0
 */
public record DenseHeadConfig(Pooling pooling, double dropout, double initStd)
    implements ScoredHeadConfig {
  public DenseHeadConfig {
    Check.all(() -> Check.rate("dropout", dropout), () -> Check.positive("initStd", initStd));
  }

  @Override
  public Head create(HeadShape shape, Init init) {
    Params params = new Params();
    int hidden = shape.hidden();
    int outputs = shape.outputs();
    Tensor dense =
        params.add("head", "classifier.dense.weight", init.normal(initStd, hidden, shape.width()));
    Tensor denseBias = params.add("head", "classifier.dense.bias", init.zeros(hidden));
    Tensor out =
        params.add("head", "classifier.out_proj.weight", init.normal(initStd, outputs, hidden));
    Tensor outBias = params.add("head", "classifier.out_proj.bias", init.zeros(outputs));
    return new Head() {
      @Override
      public Params params() {
        return params;
      }

      @Override
      public Set<ReadRows> reads() {
        return pooling.rows(shape.spans());
      }

      @Override
      public Tensor scores(Hidden states, Dropout mode) {
        Tensor row = mode.apply(pooling.read(states, shape.spans()), dropout);
        Tensor inner = mode.apply(row.linear(dense, denseBias).tanh(), dropout);
        return inner.linear(out, outBias).view(-1, outputs);
      }
    };
  }
}
