package org.trimtab.peft.file;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.StackSpec;
import org.trimtab.json.JsonSettings;

/** The keys that PEFT's prompts and prefixes have in common: the model's sizes. */
final class PromptKeys {
  private static final String COPIES = "num_transformer_submodules";

  private PromptKeys() {}

  /**
   * Of rows beside the input, or of keys and values.
   *
   * @param keysAndValues whether their width is that of keys, which several heads may share
   */
  private static Map<String, Integer> sizes(BackboneSpec spec, boolean keysAndValues) {
    StackSpec text = spec.textStack();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    boolean keys = keysAndValues && text.keyValueHeads() < text.heads();
    sizes.put("token_dim", keys ? text.outputWidth(Point.KEY) : text.hidden());
    sizes.put("num_layers", text.layers());
    sizes.put("num_attention_heads", keys ? text.keyValueHeads() : text.heads());
    return sizes;
  }

  static Map<String, Object> of(BackboneSpec spec, boolean keysAndValues) {
    Map<String, Object> keys = new LinkedHashMap<>(sizes(spec, keysAndValues));
    keys.put(COPIES, 1);
    return keys;
  }

  /** Refuses the prompts of several stacks. */
  static void require(JsonSettings settings) {
    settings.known("token_dim", "num_layers", "num_attention_heads");
    String copies = settings.text(COPIES, "1");
    if (!copies.equals("1")) {
      throw settings.wrong(COPIES, "found " + copies + "; allowed 1, of a model of one stack");
    }
  }

  /** Refuses the sizes of another model. */
  static void requireSizes(JsonSettings settings, BackboneSpec spec, boolean keysAndValues) {
    sizes(spec, keysAndValues)
        .forEach(
            (key, size) -> {
              if (settings.isSet(key) && settings.number(key) != size) {
                throw settings.wrong(
                    key, "of another model; found " + settings.number(key) + "; allowed " + size);
              }
            });
  }
}
