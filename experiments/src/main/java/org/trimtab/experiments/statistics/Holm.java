package org.trimtab.experiments.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's correction (1979) of several tests at once. */
public final class Holm {
  private Holm() {}

  /** The adjusted p values, in the order of {@code p}. */
  public static double[] adjust(double... p) {
    List<Integer> order =
        IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i])).toList();
    double[] adjusted = new double[p.length];
    double highest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      highest = Math.max(highest, Math.min(1, (p.length - rank) * p[order.get(rank)]));
      adjusted[order.get(rank)] = highest;
    }
    return adjusted;
  }
}
