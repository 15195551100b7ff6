package org.trimtab.weights.gguf;

import java.util.Map;
import java.util.Optional;

/** What llama.cpp calls the tensors of a Llama, and Hugging Face otherwise. */
final class LlamaNames {
  private static final String LAYER = "blk.";

  private static final String WEIGHT = ".weight";

  private static final String QUERY = "attn_q";
  private static final String KEY = "attn_k";

  private static final Map<String, String> AROUND =
      Map.of(
          "token_embd.weight", "embed_tokens.weight",
          "output_norm.weight", "norm.weight",
          "output.weight", "lm_head.weight");

  private static final Map<String, String> WITHIN =
      Map.of(
          "attn_norm",
          "input_layernorm",
          QUERY,
          "self_attn.q_proj",
          KEY,
          "self_attn.k_proj",
          "attn_v",
          "self_attn.v_proj",
          "attn_output",
          "self_attn.o_proj",
          "ffn_norm",
          "post_attention_layernorm",
          "ffn_gate",
          "mlp.gate_proj",
          "ffn_up",
          "mlp.up_proj",
          "ffn_down",
          "mlp.down_proj");

  private LlamaNames() {}

  /** The canonical name; none where a Llama has no such tensor. */
  static Optional<String> canonical(String name) {
    int end = name.lastIndexOf('.');
    String kind = end < 0 ? "" : name.substring(end);
    boolean layered = kind.equals(WEIGHT) || kind.equals(".bias");
    return layered && name.startsWith(LAYER)
        ? within(name.substring(LAYER.length(), Math.max(LAYER.length(), end)))
            .map(own -> "layers." + own + kind)
        : Optional.ofNullable(AROUND.get(name));
  }

  /** Whether a file's tensor is of a layer's queries. */
  static boolean isQuery(String name) {
    return name.contains("." + QUERY + ".");
  }

  /** Whether a file's tensor is of a layer's keys. */
  static boolean isKey(String name) {
    return name.contains("." + KEY + ".");
  }

  /** From the layer's number on. */
  private static Optional<String> within(String module) {
    int dot = module.indexOf('.');
    boolean numbered = dot > 0 && module.chars().limit(dot).allMatch(c -> c >= '0' && c <= '9');
    return numbered
        ? Optional.ofNullable(WITHIN.get(module.substring(dot + 1)))
            .map(own -> module.substring(0, dot + 1) + own)
        : Optional.empty();
  }
}
