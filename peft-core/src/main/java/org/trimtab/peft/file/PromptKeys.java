package org.trimtab.peft.file;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.StackSpec;
import org.trimtab.json.JsonSettings;

/** The keys that PEFT's prompts and prefixes have in common: the model's sizes. */
final class PromptKeys {
  private static final String COPIES = "num_transformer_submodules";

  private PromptKeys() {}

  private static Map<String, Integer> sizes(BackboneSpec spec) {
    StackSpec text = spec.textStack();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("token_dim", text.hidden());
    sizes.put("num_layers", text.layers());
    sizes.put("num_attention_heads", text.heads());
    return sizes;
  }

  static Map<String, Object> of(BackboneSpec spec) {
    Map<String, Object> keys = new LinkedHashMap<>(sizes(spec));
    keys.put(COPIES, 1);
    return keys;
  }

  /** Refuses the prompts of several stacks. */
  static void require(JsonSettings settings) {
    settings.known("token_dim", "num_layers", "num_attention_heads");
    String copies = settings.text(COPIES, "1");
    if (!copies.equals("1")) {
      throw settings.wrong(COPIES, "found " + copies + "; allowed 1, of an encoder");
    }
  }

  /** Refuses the sizes of another model. */
  static void requireSizes(JsonSettings settings, BackboneSpec spec) {
    sizes(spec)
        .forEach(
            (key, size) -> {
              if (settings.isSet(key) && settings.number(key) != size) {
                throw settings.wrong(
                    key, "of another model; found " + settings.number(key) + "; allowed " + size);
              }
            });
  }
}
