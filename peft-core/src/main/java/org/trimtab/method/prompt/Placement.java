package org.trimtab.method.prompt;

import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.tensor.Tensor;

/** Where a soft prompt joins, and what it does to the text's positions. */
public record Placement(Point joins, Place place, boolean shifts) {
  /** Rows that join before the embedding's norm. */
  public Placement(Place place, boolean shifts) {
    this(Point.EMBEDDING, place, shifts);
  }

  /** As {@link org.trimtab.method.PeftModule#promptShifts}. */
  public Optional<Boolean> promptShifts() {
    return joins == Point.EMBEDDING ? Optional.of(shifts) : Optional.empty();
  }

  /** A contribution of the rows (P, H), the same for each example. */
  public Contribution of(int length, Tensor rows) {
    return new Contribution() {
      @Override
      public List<Prompt> prompts(At at) {
        return List.of(new Prompt(joins, place, shifts, length, rows.batched(at.in())));
      }
    };
  }
}
