package org.trimtab.methods.prompt;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.Place;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.PromptInit;

/**
 * Settings of prompt tuning.
 *
 * @param length P, the number of virtual tokens
 * @param place where they go in the input
 * @param shiftPositions whether the text's positions move by P
 * @param afterNorm whether they join after the embedding's norm, as they are
 * @param layer before which they join what enters it, from 0; else they join the embedded input
 * @param init how they start
 */
@RecordBuilder
public record PromptConfig(
    int length,
    Place place,
    boolean shiftPositions,
    boolean afterNorm,
    Optional<Integer> layer,
    PromptInit init)
    implements MethodConfig, PromptConfigBuilder.With {
  public PromptConfig {
    Check.all(
        () -> Check.positive("length", length),
        () -> requireUnshifted(shiftPositions, afterNorm),
        () -> requireOneJoin(afterNorm, layer),
        () -> Placement.requireLate(layer, shiftPositions));
  }

  @Override
  public List<Path> files() {
    return init.files();
  }

  private static void requireOneJoin(boolean afterNorm, Optional<Integer> layer) {
    if (afterNorm && layer.isPresent()) {
      throw new Invalid(
          "afterNorm", "a prompt that joins before a layer joins after the norm; allowed false");
    }
  }

  private static void requireUnshifted(boolean shiftPositions, boolean afterNorm) {
    if (shiftPositions && afterNorm) {
      throw new Invalid(
          "shiftPositions", "a prompt that joins after the norm moves no positions; allowed false");
    }
  }
}
