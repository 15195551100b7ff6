package org.trimtab.family.decoder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.AttentionWindow;
import org.trimtab.architecture.Initialization;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.NormOrder;
import org.trimtab.architecture.Normalization;
import org.trimtab.architecture.PositionTable;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.architecture.config.Family;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;

/**
 * GPT-2 (Radford et al., 2019): a table of positions, LayerNorms before branches; files hold
 * matrices (in, out), those of query, key and value in one.
 */
public final class Gpt2 implements Family {
  @Override
  public List<String> modelTypes() {
    return List.of("gpt2");
  }

  @Override
  public Architecture read(ConfigKeys keys) {
    keys.requirePlain();
    keys.requireFalse("scale_attn_by_inverse_layer_idx", "add_cross_attention");
    keys.ignore(
        "attn_pdrop",
        "embd_pdrop",
        "n_ctx",
        "reorder_and_upcast_attn",
        "resid_pdrop",
        "summary_activation",
        "summary_first_dropout",
        "summary_proj_to_labels",
        "summary_type",
        "summary_use_proj");
    int hidden = keys.positive("n_embd");
    int heads = keys.positive("n_head");
    if (hidden % heads != 0) {
      throw keys.refused("n_head", "must divide n_embd; found " + heads + " and " + hidden);
    }
    int layers = keys.positive("n_layer");
    int words = keys.positive("vocab_size");
    int positions = keys.positive("n_positions");
    StackSpec decoder =
        new StackSpec(
            Stack.DECODER,
            layers,
            heads,
            hidden,
            keys.positive("n_inner", 4 * hidden),
            names(true).modules(Stack.DECODER).named(),
            true);
    boolean scaled = keys.truth("scale_attn_weights", true);
    Wiring wiring =
        new Wiring(
            NormOrder.PRE,
            new Normalization.LayerNorm(keys.notNegative("layer_norm_epsilon", 1e-5)),
            keys.at(
                "activation_function",
                () -> Activation.of(keys.text("activation_function", "gelu_new"))),
            scaled ? 1 / Math.sqrt(decoder.headWidth()) : 1,
            new Wiring.Embedding(Optional.of(PositionTable.counted()), 1),
            Collections.nCopies(layers, new Wiring.Layer(AttentionWindow.CAUSAL, Optional.empty())),
            Point.of(Role.LINEAR, Role.NORM));
    return new Architecture(
            keys.toString(),
            new BackboneSpec(
                "gpt2", List.of(decoder), words, positions, keys.whole("pad_token_id", 0)),
            Map.of(Stack.DECODER, wiring),
            names(keys.truth("tie_word_embeddings", true)),
            new Architecture.Tables(words, positions, 0, false))
        .with(Initialization.normal(keys.deviation()).withSmallResiduals());
  }

  @Override
  public List<Names> names() {
    return List.of(names(true));
  }

  private static Names names(boolean tied) {
    Map<Point, String> modules = new LinkedHashMap<>();
    modules.put(Point.EMBEDDING, "wte");
    modules.put(Point.LAYER_INPUT, "input");
    modules.put(Point.ATTENTION_NORM, "ln_1");
    modules.put(Point.QUERY, "attn.c_attn.query");
    modules.put(Point.KEY, "attn.c_attn.key");
    modules.put(Point.VALUE, "attn.c_attn.value");
    modules.put(Point.ATTENTION_INNER, "attn.inner");
    modules.put(Point.ATTENTION_OUT, "attn.c_proj");
    modules.put(Point.ATTENTION, "attn");
    modules.put(Point.FFN_NORM, "ln_2");
    modules.put(Point.FFN_UP, "mlp.c_fc");
    modules.put(Point.FFN_INNER, "mlp.inner");
    modules.put(Point.FFN_DOWN, "mlp.c_proj");
    modules.put(Point.FFN, "mlp");
    modules.put(Point.FINAL_NORM, "ln_f");
    Map<Point, Names.Part> parts =
        Map.of(
            Point.QUERY, new Names.Part("attn.c_attn", 0, 3),
            Point.KEY, new Names.Part("attn.c_attn", 1, 3),
            Point.VALUE, new Names.Part("attn.c_attn", 2, 3));
    return new Names(
            Map.of(
                Stack.DECODER,
                new Names.Modules(
                    "h.", modules, parts, true, List.of(".attn.bias", ".attn.masked_bias"))),
            "wte.weight",
            Optional.of("wpe.weight"),
            Optional.empty(),
            tied ? Optional.empty() : Optional.of("lm_head.weight"))
        .under("transformer.");
  }
}
