package org.trimtab.tensor;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.LongStream;
import org.trimtab.base.Invalid;
import org.trimtab.engine.Memory;

/**
 * Seeded creation of parameter values: the same on every engine and device. What neither a training
 * nor this process could hold is an {@link Invalid} of no key, before anything is allocated: the
 * settings are whose that asked for it.
 */
public record Init(Tensors tensors, Random random) {
  public Tensor zeros(long... shape) {
    requireTrained(shape);
    return tensors.zeros(shape);
  }

  public Tensor constant(double value, long... shape) {
    return made(() -> value, shape);
  }

  /** Values of N(0, standardDeviation²). */
  public Tensor normal(double standardDeviation, long... shape) {
    return made(() -> standardDeviation * random.nextGaussian(), shape);
  }

  /** Values of U(-bound, bound). */
  public Tensor uniform(double bound, long... shape) {
    return made(() -> bound * (2 * random.nextDouble() - 1), shape);
  }

  private Tensor made(DoubleSupplier next, long... shape) {
    double count = requireTrained(shape);
    Memory.requireMade("", count, Runtime.getRuntime().maxMemory());
    if (count > Integer.MAX_VALUE - 8) { // the longest array that there is
      throw beyond(shape);
    }
    double[] values = new double[(int) count];
    Arrays.setAll(values, i -> next.getAsDouble());
    return tensors.of(values, shape);
  }

  /** How many numbers a parameter has. */
  private static double requireTrained(long... shape) {
    if (LongStream.of(shape).anyMatch(axis -> axis < 0)) { // a product that went over
      throw beyond(shape);
    }
    double count = LongStream.of(shape).mapToDouble(axis -> axis).reduce(1, (a, b) -> a * b);
    Memory.requireTrained("", count, Memory.bytes());
    return count;
  }

  private static Invalid beyond(long... shape) {
    return new Invalid(
        "",
        "asks for a parameter beyond all sizes; found the shape "
            + Arrays.toString(shape)
            + "; allowed a smaller value");
  }
}
