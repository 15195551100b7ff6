package org.trimtab.method.prompt;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.trimtab.backbone.At;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Footprint;
import org.trimtab.tensor.Tensor;

/**
 * Where a soft prompt joins, and what it does to the text's positions.
 *
 * @param stack whose input it joins
 * @param joins before or after the embedding's norm, as {@link Prompt#joins}
 * @param place where in the input
 * @param shifts whether the text's positions move
 */
public record Placement(Stack stack, Point joins, Place place, boolean shifts) {
  /** In an encoder. */
  public Placement(Point joins, Place place, boolean shifts) {
    this(Stack.ENCODER, joins, place, shifts);
  }

  /** In an encoder, before the embedding's norm. */
  public Placement(Place place, boolean shifts) {
    this(Point.EMBEDDING, place, shifts);
  }

  /** The same in the stack of {@code spec} that reads the text. */
  public Placement in(BackboneSpec spec) {
    return new Placement(spec.textStack().stack(), joins, place, shifts);
  }

  /** What P rows take of {@code of}. */
  public Footprint footprint(Stack of, int length) {
    if (of != stack) {
      return Footprint.NONE;
    }
    return Footprint.prompt(
        length, joins == Point.EMBEDDING ? Optional.of(shifts) : Optional.empty());
  }

  /** Rows (B, P, H), so placed. */
  public Prompt prompt(int length, Tensor rows) {
    return new Prompt(joins, place, shifts, length, rows);
  }

  /** Where prompts of this placement are asked for. */
  public Site asked() {
    return new Site(stack, 0, Point.EMBEDDING);
  }

  /** A contribution of the rows (P, H), the same for each example. */
  public Contribution of(int length, Tensor rows) {
    return of(length, at -> rows.batched(at.in()));
  }

  /** A contribution of the rows (B, P, H) that {@code rows} makes at the embedding of the text. */
  public Contribution of(int length, Function<At, Tensor> rows) {
    return new Contribution() {
      @Override
      public boolean visits(Site site) {
        return site.equals(asked());
      }

      @Override
      public List<Prompt> prompts(At at) {
        return visits(at.site()) ? List.of(prompt(length, rows.apply(at))) : List.of();
      }
    };
  }
}
