package org.trimtab.testing;

import java.util.Map;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.family.FamilyKinds;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.weights.WeightSource;

/** Tiny models, one of each kind of wiring: two layers, width 16, four heads. */
final class TinyFamilies {
  private static final Map<String, String> CONFIGS =
      Map.of(
          "modernbert",
          """
          {"model_type": "modernbert", "hidden_size": 16, "num_hidden_layers": 2,
           "num_attention_heads": 4, "intermediate_size": 32, "vocab_size": 50,
           "max_position_embeddings": 64, "norm_eps": 1e-5, "local_attention": 6,
           "global_attn_every_n_layers": 2, "pad_token_id": 0}
          """,
          "llama",
          """
          {"model_type": "llama", "hidden_size": 16, "num_hidden_layers": 2,
           "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 32,
           "vocab_size": 50, "max_position_embeddings": 64, "rms_norm_eps": 1e-6,
           "hidden_act": "silu", "tie_word_embeddings": true}
          """);

  private TinyFamilies() {}

  /** Of {@code family}, a model type. */
  static Architecture architecture(String family) {
    return CONFIGS.containsKey(family)
        ? FamilyKinds.ALL.read(ConfigKeys.parse(CONFIGS.get(family), family)).architecture()
        : TinyWeights.shape(family).architecture();
  }

  /** Random ones of {@code family}. */
  static WeightSource weights(String family) {
    return BertConfig.FAMILIES.contains(family)
        ? TinyWeights.of(TinyWeights.shape(family))
        : TinyWeights.of(architecture(family));
  }
}
