package org.trimtab.head;

import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.ReadRows;
import org.trimtab.base.Check;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * Linear, an activation, linear on the pooled row, as RoBERTa's classifier.
 *
 * @param activation between the layers
 * @param normed whether a LayerNorm follows the activation, as in ModernBERT; neither it nor the
 *     first layer has a bias then
 * @param dropout before each linear layer; with a norm before the second one alone
 * @param initStd standard deviation of the weights at the start; biases start at 0, gains at 1
 */
public record DenseHeadConfig(
    Pooling pooling, Activation activation, boolean normed, double dropout, double initStd)
    implements ScoredHeadConfig {
  private static final double EPSILON = 1e-5;

  /** What stands between the two linear layers. */
  public enum Activation {
    /** As in RoBERTa. */
    TANH(Tensor::tanh),
    /** As in DistilBERT. */
    RELU(Tensor::relu),
    /** As in ELECTRA and ModernBERT. */
    GELU(Tensor::gelu);

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final UnaryOperator<Tensor> function;

    Activation(UnaryOperator<Tensor> function) {
      this.function = function;
    }
  }

  public DenseHeadConfig {
    Check.all(() -> Check.rate("dropout", dropout), () -> Check.positive("initStd", initStd));
  }

  /** RoBERTa's. */
  public DenseHeadConfig(Pooling pooling, double dropout, double initStd) {
    this(pooling, Activation.TANH, false, dropout, initStd);
  }

  @Override
  public Optional<Activation> inner() {
    return Optional.of(activation);
  }

  @Override
  public Head create(HeadShape shape, Init init) {
    Params params = new Params();
    int hidden = shape.hidden();
    int outputs = shape.outputs();
    Tensor dense =
        params.add("head", "classifier.dense.weight", init.normal(initStd, hidden, shape.width()));
    Optional<Tensor> denseBias =
        normed
            ? Optional.empty()
            : Optional.of(params.add("head", "classifier.dense.bias", init.zeros(hidden)));
    Optional<Tensor> gain =
        normed
            ? Optional.of(params.add("head", "classifier.norm.weight", init.constant(1, hidden)))
            : Optional.empty();
    Tensor noBias = init.zeros(hidden);
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
        Tensor pooled = pooling.read(states, shape.spans());
        Tensor row = normed ? pooled : mode.apply(pooled, dropout);
        Tensor active =
            activation.function.apply(
                denseBias.map(bias -> row.linear(dense, bias)).orElseGet(() -> row.linear(dense)));
        Tensor inner = gain.map(g -> active.layerNorm(g, noBias, EPSILON)).orElse(active);
        return mode.apply(inner, dropout).linear(out, outBias).view(-1, outputs);
      }
    };
  }
}
