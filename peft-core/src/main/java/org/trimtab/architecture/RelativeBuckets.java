package org.trimtab.architecture;

import java.util.stream.IntStream;
import org.trimtab.tensor.Tensor;

/**
 * Which row of a table of relative positions (2 span, H) stands for a distance of rows: near ones
 * have a row each, farther ones share rows (He et al., 2021, section 3.1, and DeBERTa v2's
 * logarithmic buckets).
 *
 * @param span rows of the table for either direction
 * @param furthest distance from which on all have the last row
 * @param logarithmic whether distances beyond span / 2 share rows
 */
public record RelativeBuckets(int span, int furthest, boolean logarithmic) {
  /** A row for each distance below {@code furthest}. */
  public static RelativeBuckets each(int furthest) {
    return new RelativeBuckets(furthest, furthest, false);
  }

  /**
   * {@code span} buckets for distances below {@code furthest}.
   *
   * @throws IllegalArgumentException for an odd span, or one that leaves nothing to share
   */
  public static RelativeBuckets logarithmic(int span, int furthest) {
    if (span < 2 || span % 2 == 1 || span / 2 >= furthest - 1) {
      throw new IllegalArgumentException(
          "found "
              + span
              + "; allowed even numbers from 2 to "
              + (2 * (furthest - 2))
              + ", or -1 for none");
    }
    return new RelativeBuckets(span, furthest, true);
  }

  /** The table's rows for the distances from -furthest to furthest, (2 furthest + 1). */
  public double[] rows() {
    return IntStream.rangeClosed(-furthest, furthest).mapToDouble(this::row).toArray();
  }

  /** The table's row for rows that stand {@code distance} behind others. */
  public int row(int distance) {
    return Math.min(Math.max(bucket(distance) + span, 0), 2 * span - 1);
  }

  private int bucket(int distance) {
    int own = span / 2; // distances up to that have a bucket each
    int far = Math.abs(distance);
    if (!logarithmic || far <= own) {
      return distance;
    }
    double share = Math.log((double) far / own) / Math.log((furthest - 1.0) / own);
    return Integer.signum(distance) * ((int) Math.ceil(share * (own - 1)) + own);
  }

  /**
   * The table's rows of distances.
   *
   * @param distances (R, T)
   * @param rows (2 furthest + 1, 1), {@link #rows()}
   * @return (R, T), no whole numbers yet
   */
  public Tensor rowsOf(Tensor distances, Tensor rows) {
    Tensor fromBelow = distances.add(furthest).relu(); // none below 0
    Tensor within = fromBelow.mul(-1).add(2.0 * furthest).relu(); // none above 2 furthest
    return rows.lookup(within.mul(-1).add(2.0 * furthest).asIndex()).view(0, 0);
  }
}
