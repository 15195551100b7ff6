package org.trimtab.family.decoder;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.architecture.Names;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;

/** Hugging Face's names of Llama's modules, which its kin have, too. */
final class LlamaModules {
  private LlamaModules() {}

  /** What each layer has, and what there is around the layers. */
  static Set<Point> points() {
    return EnumSet.of(
        Point.EMBEDDING,
        Point.LAYER_INPUT,
        Point.QUERY,
        Point.KEY,
        Point.VALUE,
        Point.ATTENTION_INNER,
        Point.ATTENTION_OUT,
        Point.FFN_UP,
        Point.FFN_GATE,
        Point.FFN_INNER,
        Point.FFN_DOWN,
        Point.ATTENTION,
        Point.FFN,
        Point.ATTENTION_NORM,
        Point.FFN_NORM,
        Point.FINAL_NORM);
  }

  /** With norms of queries and keys. */
  static Set<Point> pointsWithNormedHeads() {
    Set<Point> points = points();
    points.add(Point.QUERY_NORM);
    points.add(Point.KEY_NORM);
    return points;
  }

  /** By point. */
  static Map<Point, String> modules() {
    Map<Point, String> names = new LinkedHashMap<>();
    names.put(Point.EMBEDDING, "embed_tokens");
    names.put(Point.LAYER_INPUT, "input");
    names.put(Point.QUERY, "self_attn.q_proj");
    names.put(Point.KEY, "self_attn.k_proj");
    names.put(Point.VALUE, "self_attn.v_proj");
    names.put(Point.QUERY_NORM, "self_attn.q_norm");
    names.put(Point.KEY_NORM, "self_attn.k_norm");
    names.put(Point.ATTENTION_INNER, "self_attn.inner");
    names.put(Point.ATTENTION_OUT, "self_attn.o_proj");
    names.put(Point.ATTENTION, "self_attn");
    names.put(Point.FFN_GATE, "mlp.gate_proj");
    names.put(Point.FFN_UP, "mlp.up_proj");
    names.put(Point.FFN_INNER, "mlp.inner");
    names.put(Point.FFN_DOWN, "mlp.down_proj");
    names.put(Point.FFN, "mlp");
    names.put(Point.ATTENTION_NORM, "input_layernorm");
    names.put(Point.FFN_NORM, "post_attention_layernorm");
    names.put(Point.FINAL_NORM, "norm");
    return names;
  }

  /**
   * Of a whole model.
   *
   * @param tied whether words are predicted by the table that they are looked up in
   */
  static Names names(Map<Point, String> modules, boolean tied) {
    return new Names(
            Map.of(
                Stack.DECODER,
                new Names.Modules(
                    "layers.", modules, Map.of(), false, List.of(".rotary_emb.inv_freq"))),
            "embed_tokens.weight",
            Optional.empty(),
            Optional.empty(),
            tied ? Optional.empty() : Optional.of("lm_head.weight"))
        .under("model.");
  }
}
