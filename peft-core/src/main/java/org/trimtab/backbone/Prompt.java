package org.trimtab.backbone;

import java.util.Set;
import org.trimtab.tensor.Tensor;

/**
 * Rows to join to the embedded input. Their number stands beside them, as a {@link Tensor} tells no
 * shape, and who lays out the rows of a pass must know it before anything is computed.
 *
 * @param joins {@link Point#EMBEDDING}: they get types and the embedding's norm; {@link
 *     Point#EMBEDDING_NORM}: they join after it, as they are; {@link Point#LAYER_INPUT}: they join
 *     what enters a layer, as they are. Only the first can move positions
 * @param place where they go
 * @param shifts whether the text's positions move by the prompt's length: then the prompt's rows
 *     have positions too, else they have none
 * @param length P, the number of rows
 * @param rows (B, P, H)
 */
public record Prompt(Point joins, Place place, boolean shifts, int length, Tensor rows) {
  private static final Set<Point> JOINS =
      Set.of(Point.EMBEDDING, Point.EMBEDDING_NORM, Point.LAYER_INPUT);

  public Prompt {
    if (!JOINS.contains(joins)) {
      throw new IllegalArgumentException("no rows join at " + joins);
    }
    if (joins != Point.EMBEDDING && shifts) {
      throw new IllegalArgumentException(
          "a prompt that joins after the embedding's norm can't move the text's positions");
    }
  }

  /** Where such rows are asked for: all but those that join a layer's input at the embedding. */
  public Point asked() {
    return joins == Point.LAYER_INPUT ? joins : Point.EMBEDDING;
  }

  /** Rows that join before the embedding's norm. */
  public Prompt(Place place, boolean shifts, int length, Tensor rows) {
    this(Point.EMBEDDING, place, shifts, length, rows);
  }
}
