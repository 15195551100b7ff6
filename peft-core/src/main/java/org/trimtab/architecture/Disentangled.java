package org.trimtab.architecture;

import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.tensor.Tensor;

/**
 * Disentangled attention (He et al., 2021): to scores of contents come those of one row's content
 * with the other one's relative position, which a table has.
 *
 * @param contentToPosition whether queries meet positions as keys
 * @param positionToContent whether positions as queries meet keys
 */
public record Disentangled(
    RelativeBuckets buckets, boolean contentToPosition, boolean positionToContent) {
  /** How many kinds of scores are summed, those of contents among them. */
  public int terms() {
    return 1 + (contentToPosition ? 1 : 0) + (positionToContent ? 1 : 0);
  }

  /**
   * The table's N rows as one layer projects them, (1, N, h d) each.
   *
   * @param keys where queries meet them
   * @param queries where they meet keys
   */
  public record Projected(Optional<Tensor> keys, Optional<Tensor> queries) {}

  /**
   * What is added to the scores of R queries and T keys.
   *
   * @param query (B, R, h d), scaled
   * @param key (B, T, h d), scaled
   * @param rows (R, T), {@link RelativeBuckets#rowsOf}
   * @return (B, h, R, T); empty where there is nothing
   */
  public static Optional<Tensor> scores(
      Tensor query, Tensor key, Projected positions, Tensor rows, int heads) {
    Optional<Tensor> ofQueries =
        positions
            .keys()
            .map(keys -> products(query, keys, heads).gather(rows.asIndex())); // (B, h, R, T)
    Optional<Tensor> ofKeys =
        positions
            .queries()
            .map(queries -> products(key, queries, heads).gather(rows.t().asIndex()).t());
    return Stream.of(ofQueries, ofKeys).flatMap(Optional::stream).reduce(Tensor::add);
  }

  /** Of contents (B, T, h d) and positions (1, N, h d): (B, h, T, N). */
  private static Tensor products(Tensor contents, Tensor positions, int heads) {
    return contents.splitHeads(heads).matmul(positions.splitHeads(heads).t());
  }
}
