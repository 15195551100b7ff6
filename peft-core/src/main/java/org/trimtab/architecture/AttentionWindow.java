package org.trimtab.architecture;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.trimtab.tensor.Tensor;

/**
 * Which rows a row sees, by how far they are from it.
 *
 * @param before rows before it; empty: all
 * @param after rows after it; empty: all
 */
public record AttentionWindow(OptionalInt before, OptionalInt after) {
  /** Every row. */
  public static final AttentionWindow ALL =
      new AttentionWindow(OptionalInt.empty(), OptionalInt.empty());

  /** Itself and all rows before it. */
  public static final AttentionWindow CAUSAL =
      new AttentionWindow(OptionalInt.empty(), OptionalInt.of(0));

  /** A large number a row: that far beyond the border, nothing is left of a score. */
  private static final double HIDDEN = -1e30;

  /** Itself and the {@code rows - 1} rows before it. */
  public static AttentionWindow sliding(int rows) {
    return new AttentionWindow(OptionalInt.of(rows - 1), OptionalInt.of(0));
  }

  /** Itself and {@code rows} rows to either side. */
  public static AttentionWindow local(int rows) {
    return new AttentionWindow(OptionalInt.of(rows), OptionalInt.of(rows));
  }

  /**
   * What is added to scores.
   *
   * @param distances (B, 1, R, T), {@link Positions#distances}
   * @return (B, 1, R, T): 0 for rows that are seen, and large negative numbers; empty where all are
   */
  public Optional<Tensor> bias(Tensor distances) {
    Optional<Tensor> behind = beyond(distances, before);
    Optional<Tensor> ahead = beyond(distances.mul(-1), after);
    return Stream.of(behind, ahead).flatMap(Optional::stream).reduce(Tensor::add);
  }

  /** Whether it hides rows that stand far enough before a row. */
  public boolean endsBefore() {
    return before.isPresent();
  }

  private static Optional<Tensor> beyond(Tensor distances, OptionalInt most) {
    return most.isEmpty()
        ? Optional.empty()
        : Optional.of(distances.add(-most.getAsInt()).relu().mul(HIDDEN));
  }
}
