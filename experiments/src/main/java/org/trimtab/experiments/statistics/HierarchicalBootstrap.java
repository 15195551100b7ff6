package org.trimtab.experiments.statistics;

import java.util.Arrays;
import java.util.Random;

/**
 * The bootstrap over seeds and items: seeds are drawn with replacement, and the items of one draw
 * for all of them (Davison and Hinkley, 1997, section 3.8). Two methods whose scores are of the
 * same draws are compared pair by pair.
 */
public final class HierarchicalBootstrap {
  private final int[][] seeds;
  private final int[][] items;

  /** Makes the draws, which stay the same for every score. */
  public HierarchicalBootstrap(int seeds, int items, int resamples, Random random) {
    this.seeds = new int[resamples][];
    this.items = new int[resamples][];
    for (int i = 0; i < resamples; i++) {
      this.seeds[i] = random.ints(seeds, 0, seeds).toArray();
      this.items[i] = random.ints(items, 0, items).toArray();
    }
  }

  /** A seed's score of the items at {@code indices}; NaN where it isn't defined for them. */
  @FunctionalInterface
  public interface Score {
    double of(int seed, int[] indices);
  }

  /** The mean score over the seeds of each draw. */
  public double[] scores(Score score) {
    double[] means = new double[seeds.length];
    for (int i = 0; i < means.length; i++) {
      int[] drawn = items[i];
      means[i] =
          Arrays.stream(seeds[i])
              .mapToDouble(seed -> score.of(seed, drawn))
              .average()
              .orElseThrow();
    }
    return means;
  }

  /** The 95 % interval of drawn scores; empty draws are passed over. */
  public static Interval interval(double... scores) {
    return Bootstrap.percentiles(scores);
  }
}
