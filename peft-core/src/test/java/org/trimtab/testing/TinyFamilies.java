package org.trimtab.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.family.FamilyKinds;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.weights.WeightSource;

/** Tiny models, one of each kind of wiring: two layers, width 16, four heads. */
final class TinyFamilies {
  private static final Map<String, Map<String, Object>> CONFIGS =
      Map.of(
          "modernbert",
          sized(Map.of("norm_eps", 1e-5, "local_attention", 6, "global_attn_every_n_layers", 2)),
          "llama",
          sized(
              Map.of("num_key_value_heads", 2, "rms_norm_eps", 1e-6, "tie_word_embeddings", true)));

  private TinyFamilies() {}

  private static Map<String, Object> sized(Map<String, Object> own) {
    Map<String, Object> keys = new LinkedHashMap<>(own);
    keys.put("hidden_size", 16);
    keys.put("num_hidden_layers", 2);
    keys.put("num_attention_heads", 4);
    keys.put("intermediate_size", 32);
    keys.put("vocab_size", 50);
    keys.put("max_position_embeddings", 64);
    return keys;
  }

  /** Of {@code family}, a model type. */
  static Architecture architecture(String family) {
    Map<String, Object> keys = CONFIGS.get(family);
    if (keys == null) {
      return TinyWeights.shape(family).architecture();
    }
    Map<String, Object> all = new LinkedHashMap<>(keys);
    all.put("model_type", family);
    return FamilyKinds.ALL.read(ConfigKeys.of(all, family)).architecture();
  }

  /** Random ones of {@code family}. */
  static WeightSource weights(String family) {
    return BertConfig.FAMILIES.contains(family)
        ? TinyWeights.of(TinyWeights.shape(family))
        : TinyWeights.of(architecture(family));
  }
}
