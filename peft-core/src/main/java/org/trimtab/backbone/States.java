package org.trimtab.backbone;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import org.trimtab.tensor.Tensor;

/**
 * What a pass starts from where nothing below it is added, looked at or trained: the pretrained
 * model's states of each text, computed before.
 *
 * @param layer that they enter; L: they left the last one
 * @param rows (B, T, H), whatever finite values where the mask hides padding
 */
public record States(int layer, Tensor rows) {
  /**
   * The lowest layer that {@code contribution} touches, L if none; empty if it touches what lies
   * before the layers, or reads what padding holds, which states of a text alone don't tell.
   */
  public static OptionalInt lowest(BackboneSpec spec, Contribution contribution) {
    StackSpec text = spec.textStack();
    if (spec.stacks().size() > 1
        || contribution.readsPadding()
        || contribution.shift(text.stack()) != 0) {
      return OptionalInt.empty();
    }
    List<Site> sites = spec.sites(EnumSet.allOf(Point.class)); // in the order of a pass
    for (Site site : sites) {
      if (contribution.visits(site)) {
        return switch (site.point().section()) {
          case BEFORE_LAYERS -> OptionalInt.empty();
          case LAYER -> OptionalInt.of(site.layer());
          case AFTER_LAYERS -> OptionalInt.of(text.layers());
        };
      }
    }
    return OptionalInt.of(text.layers());
  }
}
