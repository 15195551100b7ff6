package org.trimtab.methods.lora;

import java.util.Optional;
import java.util.stream.DoubleStream;
import org.trimtab.backbone.At;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.method.Forward;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * The low-rank update of one site.
 *
 * @param frozen the layer
 * @param factors of the whole layer that it may be a part of
 * @param magnitude DoRA's, likewise
 * @param rows the site's own, of B and magnitude
 * @param normless of DoRA, where the frozen weight has rows without a norm: 1 for those, 0 else
 *     (out)
 */
record LowRankPart(
    LoraConfig config,
    FrozenLinear frozen,
    Factors factors,
    Optional<Tensor> magnitude,
    PartRows rows,
    Optional<Tensor> normless)
    implements SiteDeltas.Delta {
  /** Below it the square is none that single precision holds. */
  private static final double LEAST_NORM = Math.sqrt(Float.MIN_NORMAL);

  /**
   * s B A of rank r.
   *
   * @param rank r
   * @param scale s
   * @param a (r, in)
   * @param b (out, r)
   */
  record Factors(int rank, double scale, Tensor a, Tensor b) {}

  static Optional<Tensor> normless(Tensors tensors, double... norms) {
    return DoubleStream.of(norms).noneMatch(norm -> norm < LEAST_NORM)
        ? Optional.empty()
        : Optional.of(
            tensors.of(
                DoubleStream.of(norms).map(norm -> norm < LEAST_NORM ? 1 : 0).toArray(),
                norms.length));
  }

  /** The site's rows of B. */
  private Tensor b() {
    return rows.of(factors.b, factors.rank);
  }

  /** What enters the layer, x (B, T, in), adds to its output {@code out} (B, T, out). */
  @Override
  public Tensor of(At at, Tensor out, Forward forward) {
    Tensor x = at.in();
    Tensor entering = forward.dropout().apply(x, config.dropout());
    Tensor low = entering.linear(factors.a).linear(b()).mul(factors.scale);
    return magnitude.map(m -> decomposed(rows.of(m), entering, x, out, low)).orElse(low);
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
    return normless.map(r -> ratio.mul(r.mul(-1).add(1)).add(r)).orElse(ratio);
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
    return frozen.weight().add(b().matmul(factors.a).mul(factors.scale));
  }

  /** The weight that computes the same alone: (out, in). */
  Tensor merged() {
    Tensor v = direction();
    return magnitude.map(m -> v.mul(ratio(rows.of(m)).view(-1, 1))).orElse(v);
  }
}
