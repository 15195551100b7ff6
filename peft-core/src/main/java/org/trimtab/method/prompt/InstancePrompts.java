package org.trimtab.method.prompt;

import org.trimtab.backbone.BackboneSpec;
import org.trimtab.base.Invalid;

/** What prompts that are made of each text have in common. */
public final class InstancePrompts {
  private InstancePrompts() {}

  /**
   * A prompt made of a whole text stands before most of it: in a causal stack it would show a row
   * what comes after it.
   *
   * @param key the settings' component that says what the prompt is made of
   * @throws Invalid if the stack that the prompt joins is causal
   */
  public static void requireBothWays(String key, BackboneSpec spec) {
    if (spec.textStack().causal()) {
      throw new Invalid(
          key,
          "a prompt made of the whole text would show a row what comes after it; allowed over an"
              + " encoder");
    }
  }
}
