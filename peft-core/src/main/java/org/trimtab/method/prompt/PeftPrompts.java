package org.trimtab.method.prompt;

import java.util.Map;
import org.trimtab.backbone.Place;
import org.trimtab.base.Invalid;

/** What the soft prompts of Hugging Face PEFT have in common. */
public final class PeftPrompts {
  /** Of plain rows, as {@code peft_type} names them. */
  public static final String TYPE = "PROMPT_TUNING";

  /** P. */
  public static final String LENGTH = "num_virtual_tokens";

  private PeftPrompts() {}

  /** The keys of P rows. */
  public static Map<String, Object> keys(int length) {
    return Map.of(LENGTH, length);
  }

  /**
   * Refuses rows that are elsewhere than PEFT puts them.
   *
   * @throws Invalid for {@code place} or {@code shiftPositions}
   */
  public static void requirePlaced(Place place, boolean shiftPositions) {
    if (place != Place.FIRST) {
      throw new Invalid("place", "PEFT's prompts stand before [CLS]; allowed first");
    }
    if (!shiftPositions) {
      throw new Invalid("shiftPositions", "PEFT's prompts move the text's positions; allowed true");
    }
  }
}
