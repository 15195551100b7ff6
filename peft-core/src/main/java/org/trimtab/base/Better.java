package org.trimtab.base;

import java.util.OptionalDouble;

/** Which values of a metric are the better ones. */
public enum Better {
  /** As of an accuracy. */
  HIGHER,
  /** As of an error. */
  LOWER;

  /**
   * {@code value} on a scale on which higher is better; negative infinity where it is undefined.
   */
  public double goodness(OptionalDouble value) {
    return value.isPresent() ? signed(value.getAsDouble()) : Double.NEGATIVE_INFINITY;
  }

  /** The value of a {@link #goodness}; empty where it is that of an undefined one. */
  public OptionalDouble value(double goodness) {
    return goodness == Double.NEGATIVE_INFINITY
        ? OptionalDouble.empty()
        : OptionalDouble.of(signed(goodness));
  }

  /** A difference of two values, above 0 where the first one is better. */
  public double signed(double difference) {
    return this == HIGHER ? difference : 0 - difference;
  }
}
