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
import org.trimtab.backbone.StackSpec;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.method.Footprint;
import org.trimtab.tensor.Tensor;

/**
 * Where a soft prompt joins, and what it does to the text's positions.
 *
 * @param stack whose rows it joins
 * @param joins before or after the embedding's norm, or before a layer, as {@link Prompt#joins}
 * @param layer that one, from 0; 0 of the others
 * @param place where in the input
 * @param shifts whether the text's positions move
 */
public record Placement(Stack stack, Point joins, int layer, Place place, boolean shifts) {
  /** In an encoder, at its embedding. */
  public Placement(Point joins, Place place, boolean shifts) {
    this(Stack.ENCODER, joins, 0, place, shifts);
  }

  /** In an encoder, before the embedding's norm. */
  public Placement(Place place, boolean shifts) {
    this(Point.EMBEDDING, place, shifts);
  }

  /** In an encoder, before {@code layer} (Late Prompt Tuning, Liu et al., 2022). */
  public static Placement before(int layer, Place place) {
    return new Placement(Stack.ENCODER, Point.LAYER_INPUT, layer, place, false);
  }

  /**
   * Refuses settings of a prompt that joins before a layer.
   *
   * @throws Invalid for {@code layer} or {@code shiftPositions}
   */
  public static void requireLate(Optional<Integer> layer, boolean shiftPositions) {
    Check.all(
        () -> layer.ifPresent(k -> Check.notNegative("layer", k)),
        () -> requireUnshifted(layer, shiftPositions));
  }

  private static void requireUnshifted(Optional<Integer> layer, boolean shiftPositions) {
    if (layer.isPresent() && shiftPositions) {
      throw new Invalid(
          "shiftPositions", "a prompt that joins before a layer moves no positions; allowed false");
    }
  }

  /**
   * The same in the stack of {@code spec} that reads the text.
   *
   * @throws Invalid for {@code layer}, if there is none such
   */
  public Placement in(BackboneSpec spec) {
    StackSpec text = spec.textStack();
    if (layer >= text.layers()) {
      throw new Invalid(
          "layer",
          "found " + layer + "; allowed 0 to " + (text.layers() - 1) + ", from the bottom");
    }
    return new Placement(text.stack(), joins, layer, place, shifts);
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
    return joins == Point.LAYER_INPUT
        ? new Site(stack, layer, joins)
        : new Site(stack, 0, Point.EMBEDDING);
  }

  /** A contribution of the rows (P, H), the same for each example. */
  public Contribution of(int length, Tensor rows) {
    return of(length, at -> rows.batched(at.in()));
  }

  /** A contribution of the rows (B, P, H) that {@code rows} makes where they are asked for. */
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
