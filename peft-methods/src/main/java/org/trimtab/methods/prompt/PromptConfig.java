package org.trimtab.methods.prompt;

import org.trimtab.backbone.Place;
import org.trimtab.json.Check;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.prompt.PromptInit;

/**
 * Settings of prompt tuning.
 *
 * @param length P, the number of virtual tokens
 * @param place where they go in the input
 * @param shiftPositions whether the text's positions move by P
 * @param init how they start
 */
public record PromptConfig(int length, Place place, boolean shiftPositions, PromptInit init)
    implements MethodConfig {
  public PromptConfig {
    Check.positive("length", length);
  }
}
