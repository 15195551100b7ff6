package org.trimtab.head;

import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.ReadRows;
import org.trimtab.base.Check;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * One linear layer on the pooled row, as BERT's classifier.
 *
 * @param bias whether it has one; Llama's classifier has none
 * @param dropout on the pooled row
 * @param initStd standard deviation of the weights at the start; biases start at 0
 */
public record LinearHeadConfig(Pooling pooling, boolean bias, double dropout, double initStd)
    implements ScoredHeadConfig {
  public LinearHeadConfig {
    Check.all(() -> Check.rate("dropout", dropout), () -> Check.positive("initStd", initStd));
  }

  /** BERT's. */
  public LinearHeadConfig(Pooling pooling, double dropout, double initStd) {
    this(pooling, true, dropout, initStd);
  }

  @Override
  public Head create(HeadShape shape, Init init) {
    Params params = new Params();
    Tensor weight =
        params.add(
            "head", "classifier.weight", init.normal(initStd, shape.outputs(), shape.width()));
    Optional<Tensor> added =
        bias
            ? Optional.of(params.add("head", "classifier.bias", init.zeros(shape.outputs())))
            : Optional.empty();
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
        return added
            .map(own -> row.linear(weight, own))
            .orElseGet(() -> row.linear(weight))
            .view(-1, shape.outputs());
      }
    };
  }
}
