package org.trimtab.architecture;

import java.util.OptionalDouble;
import java.util.Random;

/**
 * What a new model's matrices and tables are drawn from, as its family's paper has it: a normal
 * distribution around 0. Biases are 0, and norms change nothing.
 *
 * @param deviation its standard deviation
 * @param cut beyond how many deviations another value is drawn; empty: none
 * @param residuals whether what ends a branch is smaller by √(2 L), for the 2 L branches that add
 *     up (Radford et al., 2019)
 */
public record Initialization(double deviation, OptionalDouble cut, boolean residuals) {
  /** What most have. */
  public static final double USUAL = 0.02;

  /** N(0, deviation²). */
  public static Initialization normal(double deviation) {
    return new Initialization(deviation, OptionalDouble.empty(), false);
  }

  /** The same without values beyond {@code cut} deviations. */
  public static Initialization truncated(double deviation, double cut) {
    return new Initialization(deviation, OptionalDouble.of(cut), false);
  }

  /** The same with smaller values in the layers that end branches. */
  public Initialization withSmallResiduals() {
    return new Initialization(deviation, cut, true);
  }

  /** {@code count} values. */
  public float[] values(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * drawn(random));
    }
    return values;
  }

  private double drawn(Random random) {
    double value = random.nextGaussian();
    while (cut.isPresent() && Math.abs(value) > cut.getAsDouble()) {
      value = random.nextGaussian();
    }
    return value;
  }
}
