package org.trimtab.backbone;

import org.trimtab.tensor.Tensor;

/**
 * Rows to join to the embedded input. Their number stands beside them, as a {@link Tensor} tells no
 * shape, and who lays out the rows of a pass must know it before anything is computed.
 *
 * @param joins {@link Point#EMBEDDING}: they get types and the embedding's norm; {@link
 *     Point#EMBEDDING_NORM}: they join after it, as they are, and move no positions
 * @param place where they go
 * @param shifts whether the text's positions move by the prompt's length: then the prompt's rows
 *     have positions too, else they have none
 * @param length P, the number of rows
 * @param rows (B, P, H)
 */
public record Prompt(Point joins, Place place, boolean shifts, int length, Tensor rows) {
  public Prompt {
    boolean late = joins == Point.EMBEDDING_NORM;
    if (!late && joins != Point.EMBEDDING) {
      throw new IllegalArgumentException("no rows join at " + joins);
    }
    if (late && shifts) {
      throw new IllegalArgumentException(
          "a prompt that joins after the embedding's norm can't move the text's positions");
    }
  }

  /** Rows that join before the embedding's norm. */
  public Prompt(Place place, boolean shifts, int length, Tensor rows) {
    this(Point.EMBEDDING, place, shifts, length, rows);
  }
}
