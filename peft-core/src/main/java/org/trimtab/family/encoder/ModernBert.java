package org.trimtab.family.encoder;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.AttentionWindow;
import org.trimtab.architecture.Initialization;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.NormOrder;
import org.trimtab.architecture.Normalization;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.architecture.config.Family;
import org.trimtab.architecture.config.RotaryKeys;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;

/**
 * ModernBERT (Warner et al., 2024): norms before branches, rotary positions, a gated feed-forward,
 * and rows that see but their neighbours in most layers.
 */
public final class ModernBert implements Family {
  private static final String LOCAL = "sliding_attention";
  private static final String FULL = "full_attention";
  private static final Names NAMES = moduleNames();

  @Override
  public List<String> modelTypes() {
    return List.of("modernbert");
  }

  @Override
  public Architecture read(ConfigKeys keys) {
    keys.requirePlain();
    keys.ignore(
        "attention_dropout",
        "classifier_activation",
        "classifier_bias",
        "classifier_pooling",
        "decoder_bias",
        "deterministic_flash_attn",
        "embedding_dropout",
        "mlp_dropout",
        "reference_compile",
        "repad_logits_with_grad",
        "sparse_pred_ignore_index",
        "sparse_prediction",
        "tie_word_embeddings");
    int hidden = keys.positive("hidden_size");
    int heads = keys.positive("num_attention_heads");
    if (hidden % heads != 0) {
      throw keys.refused(
          "num_attention_heads", "must divide hidden_size; found " + heads + " and " + hidden);
    }
    int layers = keys.positive("num_hidden_layers");
    int words = keys.positive("vocab_size");
    int positions = keys.positive("max_position_embeddings");
    StackSpec encoder =
        new StackSpec(
            Stack.ENCODER,
            layers,
            heads,
            hidden,
            keys.positive("intermediate_size"),
            NAMES.modules(Stack.ENCODER).named(),
            false,
            new StackSpec.Heads(heads, hidden / heads),
            hidden,
            Set.of(new Site(Stack.ENCODER, 0, Point.ATTENTION_NORM)));
    Wiring wiring =
        new Wiring(
            NormOrder.PRE,
            new Normalization.LayerNorm(keys.notNegative("norm_eps", 1e-5)),
            keys.at(
                "hidden_activation", () -> Activation.of(keys.text("hidden_activation", "gelu"))),
            1 / Math.sqrt(encoder.headWidth()),
            new Wiring.Embedding(Optional.empty(), 1),
            layers(keys, encoder, positions),
            biased(keys));
    return new Architecture(
            keys.toString(),
            new BackboneSpec(
                "modernbert", List.of(encoder), words, positions, keys.whole("pad_token_id", 0)),
            Map.of(Stack.ENCODER, wiring),
            NAMES,
            new Architecture.Tables(words, 0, 0, false))
        .with(initialization(keys));
  }

  @Override
  public List<Names> names() {
    return List.of(NAMES);
  }

  private static List<Wiring.Layer> layers(ConfigKeys keys, StackSpec encoder, int positions) {
    RotaryKeys rotary = new RotaryKeys(keys, encoder.headWidth(), positions);
    Wiring.Layer full =
        new Wiring.Layer(
            AttentionWindow.ALL, Optional.of(rotary.of(FULL, "global_rope_theta", 160_000, false)));
    Wiring.Layer local =
        new Wiring.Layer(
            AttentionWindow.local(keys.positive("local_attention", 128) / 2),
            Optional.of(rotary.of(LOCAL, "local_rope_theta", 10_000, false)));
    int every = keys.positive("global_attn_every_n_layers", 3);
    List<String> kinds =
        keys.texts("layer_types")
            .orElseGet(
                () ->
                    IntStream.range(0, encoder.layers())
                        .mapToObj(i -> i % every == 0 ? FULL : LOCAL)
                        .toList());
    if (kinds.size() != encoder.layers() || !Set.of(FULL, LOCAL).containsAll(kinds)) {
      throw keys.wrong("layer_types", encoder.layers() + " of " + FULL + " and " + LOCAL);
    }
    return kinds.stream().map(kind -> kind.equals(FULL) ? full : local).toList();
  }

  /** As Warner et al. have it: what ends a branch is smaller, and nothing is far out. */
  private static Initialization initialization(ConfigKeys keys) {
    return Initialization.truncated(keys.deviation(), keys.above0("initializer_cutoff_factor", 2))
        .withSmallResiduals();
  }

  private static Set<Point> biased(ConfigKeys keys) {
    Set<Point> biased = EnumSet.noneOf(Point.class);
    if (keys.truth("attention_bias", false)) {
      biased.addAll(Set.of(Point.QUERY, Point.KEY, Point.VALUE, Point.ATTENTION_OUT));
    }
    if (keys.truth("mlp_bias", false)) {
      biased.addAll(Set.of(Point.FFN_UP, Point.FFN_GATE, Point.FFN_DOWN));
    }
    if (keys.truth("norm_bias", false)) {
      biased.addAll(Point.of(org.trimtab.backbone.Role.NORM));
    }
    return biased;
  }

  private static Names moduleNames() {
    Map<Point, String> modules = new LinkedHashMap<>();
    modules.put(Point.EMBEDDING, "embeddings");
    modules.put(Point.EMBEDDING_NORM, "embeddings.norm");
    modules.put(Point.LAYER_INPUT, "input");
    modules.put(Point.ATTENTION_NORM, "attn_norm");
    modules.put(Point.QUERY, "attn.Wqkv.query");
    modules.put(Point.KEY, "attn.Wqkv.key");
    modules.put(Point.VALUE, "attn.Wqkv.value");
    modules.put(Point.ATTENTION_INNER, "attn.inner");
    modules.put(Point.ATTENTION_OUT, "attn.Wo");
    modules.put(Point.ATTENTION, "attn");
    modules.put(Point.FFN_NORM, "mlp_norm");
    modules.put(Point.FFN_GATE, "mlp.Wi.gate");
    modules.put(Point.FFN_UP, "mlp.Wi.up");
    modules.put(Point.FFN_INNER, "mlp.inner");
    modules.put(Point.FFN_DOWN, "mlp.Wo");
    modules.put(Point.FFN, "mlp");
    modules.put(Point.FINAL_NORM, "final_norm");
    Map<Point, Names.Part> parts =
        Map.of(
            Point.QUERY, new Names.Part("attn.Wqkv", 0, 3),
            Point.KEY, new Names.Part("attn.Wqkv", 1, 3),
            Point.VALUE, new Names.Part("attn.Wqkv", 2, 3),
            Point.FFN_GATE, new Names.Part("mlp.Wi", 0, 2),
            Point.FFN_UP, new Names.Part("mlp.Wi", 1, 2));
    return new Names(
            Map.of(Stack.ENCODER, new Names.Modules("layers.", modules, parts, false, List.of())),
            "embeddings.tok_embeddings.weight",
            Optional.empty(),
            Optional.empty(),
            Optional.empty())
        .under("model.");
  }
}
