package org.trimtab.methods.lora;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.trimtab.backbone.At;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.backbone.Site;
import org.trimtab.method.Forward;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.method.site.Targets;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** The low-rank update of one linear layer. */
final class LowRankUpdate implements SiteDeltas.Delta {
  /** Below it the square is none that single precision holds. */
  private static final double LEAST_NORM = Math.sqrt(Float.MIN_NORMAL);

  private final LoraConfig config;
  private final FrozenLinear frozen;
  private final double scale;
  private final Tensor a;
  private final Tensor b;
  private final Optional<Tensor> magnitude;

  /** Of DoRA, where the frozen weight has rows without a norm: 1 for those, 0 else (out). */
  private final Optional<Tensor> normless;

  /** Adds A, B and DoRA's magnitude to {@code params}, by Hugging Face PEFT's names. */
  LowRankUpdate(LoraConfig config, Site site, Setup setup, Params params) {
    this.config = config;
    String path = setup.backbone().path(site);
    frozen = setup.backbone().linear(site);
    int rank =
        Targets.first("rankPattern", config.rankPattern().keySet(), site, setup.backbone())
            .map(config.rankPattern()::get)
            .orElse(config.rank());
    double alpha =
        Targets.first("alphaPattern", config.alphaPattern().keySet(), site, setup.backbone())
            .map(config.alphaPattern()::get)
            .orElse(config.alpha());
    scale = alpha / (config.rankStabilized() ? Math.sqrt(rank) : rank);
    int in = setup.spec().inputWidth(site);
    int out = setup.spec().outputWidth(site);
    a =
        params.add(
            "lora", path + ".lora_A.weight", setup.init().uniform(1 / Math.sqrt(in), rank, in));
    b = params.add("lora", path + ".lora_B.weight", setup.init().zeros(out, rank));
    double[] norms = config.dora() ? norms(setup.backbone().tensors()) : new double[0];
    magnitude =
        config.dora()
            ? Optional.of(
                params.add(
                    "lora",
                    path + ".lora_magnitude_vector",
                    setup.init().tensors().of(norms, norms.length)))
            : Optional.empty();
    normless = normless(setup.init().tensors(), norms);
  }

  private static Optional<Tensor> normless(Tensors tensors, double... norms) {
    return DoubleStream.of(norms).noneMatch(norm -> norm < LEAST_NORM)
        ? Optional.empty()
        : Optional.of(
            tensors.of(
                DoubleStream.of(norms).map(norm -> norm < LEAST_NORM ? 1 : 0).toArray(),
                norms.length));
  }

  /** The norms of the frozen weight's rows, computed on the host: (out). */
  private double[] norms(Tensors tensors) {
    double[] values = tensors.doubles(frozen.weight());
    int out = (int) tensors.shape(frozen.weight())[0];
    int in = values.length / out;
    double[] norms = new double[out];
    for (int row = 0; row < out; row++) {
      double sum = 0;
      for (int i = row * in; i < (row + 1) * in; i++) {
        sum += values[i] * values[i];
      }
      norms[row] = Math.sqrt(sum);
    }
    return norms;
  }

  /** What enters the layer, x (B, T, in), adds to its output {@code out} (B, T, out). */
  @Override
  public Tensor of(At at, Tensor out, Forward forward) {
    Tensor x = at.in();
    Tensor entering = forward.dropout().apply(x, config.dropout());
    Tensor low = entering.linear(a).linear(b).mul(scale);
    return magnitude.map(m -> decomposed(m, entering, x, out, low)).orElse(low);
  }

  /** (m / n - 1) ∘ (out - b) + (m / n) ∘ low. */
  private Tensor decomposed(Tensor m, Tensor entering, Tensor x, Tensor out, Tensor low) {
    Tensor ratio = ratio(m);
    // With dropout PEFT feeds the dropped input to the frozen weight's part too.
    Tensor unbiased =
        entering == x ? frozen.bias().map(out::sub).orElse(out) : entering.linear(frozen.weight());
    return unbiased.mul(ratio.add(-1)).add(low.mul(ratio));
  }

  /** m / n, and 1 for a row without a norm: (out). */
  private Tensor ratio(Tensor m) {
    Tensor ratio = m.div(norm());
    return normless.map(rows -> ratio.mul(rows.mul(-1).add(1)).add(rows)).orElse(ratio);
  }

  /** The norms of V's rows, n: (out). */
  private Tensor norm() {
    Tensor v = direction();
    Tensor squares = v.mul(v).sumLast().view(-1);
    // Neither a root of zero nor its slope is reached in a row that doesn't use it.
    Tensor norm = normless.map(squares::add).orElse(squares).sqrt();
    return config.normGradient() == NormGradient.DETACHED ? norm.detach() : norm;
  }

  /** V = W + s B A: (out, in). */
  private Tensor direction() {
    return frozen.weight().add(b.matmul(a).mul(scale));
  }

  /** The weight that computes the same alone: (out, in). */
  Tensor merged() {
    Tensor v = direction();
    return magnitude.map(m -> v.mul(ratio(m).view(-1, 1))).orElse(v);
  }
}
