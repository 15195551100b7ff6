package org.trimtab.architecture;

import java.util.stream.IntStream;
import org.trimtab.tensor.Tensor;

/**
 * Rotary positions (Su et al., 2021), in the layout of halves: feature i turns with feature i +
 * d/2.
 *
 * @param width d of a head
 * @param base θ
 * @param scaling for texts longer than those of pretraining
 */
public record Rotary(int width, double base, RotaryScaling scaling) {
  /** Radians a position of each pair, d/2 of them. */
  public double[] frequencies() {
    double[] plain =
        IntStream.range(0, width / 2)
            .mapToDouble(i -> 1 / Math.pow(base, 2.0 * i / width))
            .toArray();
    return scaling.frequencies(plain, base, width);
  }

  /**
   * The angles of rows.
   *
   * @param positions (B, T)
   * @param frequencies (1, 1, d/2), {@link #frequencies}
   * @return (B, T, d/2)
   */
  public Tensor angles(Tensor positions, Tensor frequencies) {
    return positions.view(0, -1, 1).mul(frequencies);
  }

  /** Cosines and sines of angles (B, T, d/2). */
  public Turns turns(Tensor angles) {
    Tensor heads = angles.view(0, -1, 1, width / 2); // (B, T, 1, d/2)
    return new Turns(scaled(heads.cos()), scaled(heads.sin()));
  }

  private Tensor scaled(Tensor x) {
    return scaling.magnitude() == 1 ? x : x.mul(scaling.magnitude());
  }

  /**
   * Turns the heads of x (B, T, h d), queries or keys: (B, T, h d).
   *
   * @param turns of the same rows
   */
  public Tensor turn(Tensor x, Turns turns) {
    Tensor heads = x.view(0, 0, -1, width); // (B, T, h, d)
    Tensor first = heads.columns(0, width / 2); // (B, T, h, d/2)
    Tensor second = heads.columns(width / 2, width);
    Tensor one = first.mul(turns.cosines()).sub(second.mul(turns.sines()));
    Tensor other = second.mul(turns.cosines()).add(first.mul(turns.sines()));
    return one.beside(other).view(0, 0, -1);
  }

  /** Cosines and sines of rows, (B, T, 1, d/2) each. */
  public record Turns(Tensor cosines, Tensor sines) {}
}
