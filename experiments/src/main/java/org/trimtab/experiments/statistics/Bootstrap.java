package org.trimtab.experiments.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * The bootstrap over items: a score is computed again and again of items drawn with replacement.
 *
 * @param items how many there are
 * @param resamples how often they are drawn
 * @param random draws them
 */
public record Bootstrap(int items, int resamples, Random random) {
  private static final double TAIL = 0.025;

  /** A score of the items at {@code indices}; empty where it isn't defined for them. */
  @FunctionalInterface
  public interface Score {
    OptionalDouble of(int[] indices);
  }

  /**
   * How a difference of two scores spreads.
   *
   * @param interval 95 %, by percentiles
   * @param p two-sided, at least 1 / (resamples + 1)
   */
  public record Difference(Interval interval, double p) {
    /** Of differences between scores of the same draws, at least one; NaN is passed over. */
    public static Difference of(double... drawn) {
      double[] differences = defined(drawn);
      long below = Arrays.stream(differences).filter(d -> d <= 0).count();
      long above = Arrays.stream(differences).filter(d -> d >= 0).count();
      double tail = (Math.min(below, above) + 1.0) / (differences.length + 1.0);
      return new Difference(percentiles(differences), Math.min(1, 2 * tail));
    }
  }

  /** The 95 % interval of a score, by percentiles; undefined scores are passed over. */
  public Interval interval(Score score) {
    return percentiles(draw(score));
  }

  /** The paired bootstrap: both scores are of the same drawn items. */
  public Difference difference(Score a, Score b) {
    return Difference.of(
        draw(
            indices -> {
              OptionalDouble first = a.of(indices);
              OptionalDouble second = b.of(indices);
              return first.isPresent() && second.isPresent()
                  ? OptionalDouble.of(first.getAsDouble() - second.getAsDouble())
                  : OptionalDouble.empty();
            }));
  }

  private double[] draw(Score score) {
    double[] drawn = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      drawn[i] = score.of(random.ints(items, 0, items).toArray()).orElse(Double.NaN);
    }
    return drawn;
  }

  /** The 95 % interval of drawn scores, at least one; NaN is passed over. */
  static Interval percentiles(double... drawn) {
    double[] sorted = defined(drawn);
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Interval(
        sorted[(int) Math.round(TAIL * last)], sorted[(int) Math.round((1 - TAIL) * last)]);
  }

  private static double[] defined(double... drawn) {
    double[] defined = Arrays.stream(drawn).filter(d -> !Double.isNaN(d)).toArray();
    if (defined.length == 0) {
      throw new IllegalArgumentException("the score is not defined for any drawn items");
    }
    return defined;
  }
}
