package org.trimtab.methods.lora;

import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.backbone.Site;
import org.trimtab.method.Forward;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.method.site.Targets;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** The low-rank update of one linear layer. */
final class LowRankUpdate implements SiteDeltas.Delta {
  private final LoraConfig config;
  private final FrozenLinear frozen;
  private final double scale;
  private final Tensor a;
  private final Tensor b;
  private final Optional<Tensor> magnitude;

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
    magnitude =
        config.dora()
            ? Optional.of(params.add("lora", path + ".lora_magnitude_vector", norms(setup)))
            : Optional.empty();
  }

  /** The norms of the frozen weight's rows, computed on the host: (out). */
  private Tensor norms(Setup setup) {
    double[] values = setup.backbone().tensors().doubles(frozen.weight());
    int out = (int) setup.backbone().tensors().shape(frozen.weight())[0];
    int in = values.length / out;
    double[] norms = new double[out];
    for (int row = 0; row < out; row++) {
      double sum = 0;
      for (int i = row * in; i < (row + 1) * in; i++) {
        sum += values[i] * values[i];
      }
      norms[row] = Math.sqrt(sum);
    }
    return setup.init().tensors().of(norms, out);
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
    Tensor ratio = m.div(norm());
    // With dropout PEFT feeds the dropped input to the frozen weight's part too.
    Tensor unbiased =
        entering == x ? frozen.bias().map(out::sub).orElse(out) : entering.linear(frozen.weight());
    return unbiased.mul(ratio.add(-1)).add(low.mul(ratio));
  }

  /** The norms of V's rows: (out). */
  private Tensor norm() {
    Tensor v = direction();
    Tensor norm = v.mul(v).sumLast().sqrt().view(-1);
    return config.normGradient() == NormGradient.DETACHED ? norm.detach() : norm;
  }

  /** V = W + s B A: (out, in). */
  private Tensor direction() {
    return frozen.weight().add(b.matmul(a).mul(scale));
  }

  /** The weight that computes the same alone: (out, in). */
  Tensor merged() {
    Tensor v = direction();
    return magnitude.map(m -> v.mul(m.div(norm()).view(-1, 1))).orElse(v);
  }
}
