package org.trimtab.experiments.statistics;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A mean over seeds, and what is known of it.
 *
 * @param count of the values
 * @param standardDeviation with count - 1; empty for a single value
 * @param interval 95 %, by Student's t; empty for a single value
 */
public record Summary(
    int count, double mean, OptionalDouble standardDeviation, Optional<Interval> interval) {
  private static final double UPPER = 0.975;

  /**
   * Of at least one value.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Summary of(double... values) {
    double mean =
        Arrays.stream(values)
            .average()
            .orElseThrow(() -> new IllegalArgumentException("no values to summarise"));
    int n = values.length;
    if (n == 1) {
      return new Summary(1, mean, OptionalDouble.empty(), Optional.empty());
    }
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double deviation = Math.sqrt(squares / (n - 1));
    double half =
        TDistribution.of(n - 1).inverseCumulativeProbability(UPPER) * deviation / Math.sqrt(n);
    return new Summary(
        n, mean, OptionalDouble.of(deviation), Optional.of(new Interval(mean - half, mean + half)));
  }
}
