package org.trimtab.tensor;

import java.util.Random;

/** Seeded creation of parameter values: the same on every engine and device. */
public record Init(Tensors tensors, Random random) {
  public Tensor zeros(long... shape) {
    return tensors.zeros(shape);
  }

  public Tensor constant(double value, long... shape) {
    double[] values = new double[count(shape)];
    java.util.Arrays.fill(values, value);
    return tensors.of(values, shape);
  }

  /** Values of N(0, standardDeviation²). */
  public Tensor normal(double standardDeviation, long... shape) {
    double[] values = new double[count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = standardDeviation * random.nextGaussian();
    }
    return tensors.of(values, shape);
  }

  /** Values of U(-bound, bound). */
  public Tensor uniform(double bound, long... shape) {
    double[] values = new double[count(shape)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bound * (2 * random.nextDouble() - 1);
    }
    return tensors.of(values, shape);
  }

  private static int count(long... shape) {
    long count = 1;
    for (long axis : shape) {
      count = Math.multiplyExact(count, axis);
    }
    return Math.toIntExact(count);
  }
}
