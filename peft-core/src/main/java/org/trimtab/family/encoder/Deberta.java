package org.trimtab.family.encoder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Disentangled;
import org.trimtab.architecture.Initialization;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.NormOrder;
import org.trimtab.architecture.Normalization;
import org.trimtab.architecture.PositionTable;
import org.trimtab.architecture.RelativeBuckets;
import org.trimtab.architecture.Wiring;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.architecture.config.Family;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;

/**
 * DeBERTa v2 and v3 (He et al., 2021 and 2023): BERT's layers with disentangled attention, its rows
 * placed by how far they stand from each other.
 */
public final class Deberta implements Family {
  private static final String C2P = "c2p";
  private static final String P2C = "p2c";

  @Override
  public List<String> modelTypes() {
    return List.of("deberta-v2");
  }

  @Override
  public Architecture read(ConfigKeys keys) {
    requirePlain(keys);
    int words = keys.positive("vocab_size");
    int positions = keys.positive("max_position_embeddings");
    boolean placed = keys.truth("position_biased_input", true);
    int segments = keys.whole("type_vocab_size", 0);
    StackSpec encoder = encoder(keys);
    Optional<Disentangled> disentangled = disentangled(keys, positions);
    int terms = disentangled.map(Disentangled::terms).orElse(1);
    Wiring wiring =
        new Wiring(
            NormOrder.POST,
            new Normalization.LayerNorm(keys.notNegative("layer_norm_eps", 1e-7)),
            keys.at("hidden_act", () -> Activation.of(keys.text("hidden_act", "gelu"))),
            1 / Math.sqrt((double) encoder.headWidth() * terms),
            new Wiring.Embedding(
                placed ? Optional.of(PositionTable.absolute()) : Optional.empty(), 1),
            Collections.nCopies(encoder.layers(), Wiring.Layer.PLAIN),
            Point.of(Role.LINEAR, Role.NORM),
            disentangled);
    return new Architecture(
            keys.toString(),
            new BackboneSpec(
                "deberta-v2", List.of(encoder), words, positions, keys.whole("pad_token_id", 0)),
            Map.of(Stack.ENCODER, wiring),
            new Names(
                Map.of(Stack.ENCODER, new Names.Modules("encoder.layer.", modules())),
                "embeddings.word_embeddings.weight",
                when(placed, "embeddings.position_embeddings.weight"),
                when(segments > 0, "embeddings.token_type_embeddings.weight"),
                Optional.empty(),
                disentangled.map(d -> relative(keys, d)),
                "deberta."),
            new Architecture.Tables(words, positions, segments, segments > 0))
        .with(Initialization.normal(keys.deviation()));
  }

  private static Optional<String> when(boolean there, String name) {
    return there ? Optional.of(name) : Optional.empty();
  }

  /** Refuses what would make the layers compute something else. */
  private static void requirePlain(ConfigKeys keys) {
    keys.requirePlain();
    keys.requireFalse("is_decoder", "add_cross_attention", "is_encoder_decoder", "talking_head");
    keys.ignore(
        "conv_act",
        "conv_groups",
        "legacy", // which form the head has that predicts words
        "pooler_dropout",
        "pooler_hidden_act",
        "pooler_hidden_size",
        "cls_dropout",
        "padding_idx");
    keys.truth("tie_word_embeddings", true);
    if (keys.whole("conv_kernel_size", 0) > 0) {
      throw keys.wrong("conv_kernel_size", "0: no convolution beside the first layer");
    }
  }

  private static StackSpec encoder(ConfigKeys keys) {
    int hidden = keys.positive("hidden_size");
    int heads = keys.positive("num_attention_heads");
    if (hidden % heads != 0) {
      throw keys.refused(
          "num_attention_heads", "must divide hidden_size; found " + heads + " and " + hidden);
    }
    if (keys.positive("attention_head_size", hidden / heads) != hidden / heads) {
      throw keys.wrong("attention_head_size", "hidden_size / num_attention_heads");
    }
    if (keys.positive("embedding_size", hidden) != hidden) {
      throw keys.wrong("embedding_size", "hidden_size");
    }
    return new StackSpec(
        Stack.ENCODER,
        keys.positive("num_hidden_layers"),
        heads,
        hidden,
        keys.positive("intermediate_size"),
        modules().keySet(),
        false);
  }

  private static Optional<Disentangled> disentangled(ConfigKeys keys, int positions) {
    List<String> terms = keys.listed("pos_att_type", "\\|").orElse(List.of());
    int most = keys.integer("max_relative_positions", -1);
    int furthest = most < 1 ? positions : most;
    int span = keys.integer("position_buckets", -1);
    keys.requireOneOf("norm_rel_ebd", "none", "layer_norm");
    keys.truth("share_att_key", false);
    if (!Set.of(C2P, P2C).containsAll(terms)) {
      throw keys.wrong("pos_att_type", C2P + ", " + P2C);
    }
    if (!keys.truth("relative_attention", false) || terms.isEmpty()) {
      return Optional.empty();
    }
    RelativeBuckets buckets =
        span < 1
            ? RelativeBuckets.each(furthest)
            : keys.at("position_buckets", () -> RelativeBuckets.logarithmic(span, furthest));
    return Optional.of(new Disentangled(buckets, terms.contains(C2P), terms.contains(P2C)));
  }

  private static Names.Relative relative(ConfigKeys keys, Disentangled disentangled) {
    Map<Point, String> own = new LinkedHashMap<>();
    if (!keys.truth("share_att_key", false)) {
      if (disentangled.contentToPosition()) {
        own.put(Point.KEY, "attention.self.pos_key_proj");
      }
      if (disentangled.positionToContent()) {
        own.put(Point.QUERY, "attention.self.pos_query_proj");
      }
    }
    boolean normed = keys.text("norm_rel_ebd", "none").equals("layer_norm");
    return new Names.Relative(
        "encoder.rel_embeddings.weight", when(normed, "encoder.LayerNorm"), own);
  }

  private static Map<Point, String> modules() {
    Map<Point, String> names = new LinkedHashMap<>();
    names.put(Point.EMBEDDING, "embeddings");
    names.put(Point.EMBEDDING_NORM, "embeddings.LayerNorm");
    names.put(Point.LAYER_INPUT, "input");
    names.put(Point.QUERY, "attention.self.query_proj");
    names.put(Point.KEY, "attention.self.key_proj");
    names.put(Point.VALUE, "attention.self.value_proj");
    names.put(Point.ATTENTION_INNER, "attention.inner");
    names.put(Point.ATTENTION_OUT, "attention.output.dense");
    names.put(Point.ATTENTION, "attention");
    names.put(Point.ATTENTION_NORM, "attention.output.LayerNorm");
    names.put(Point.FFN_UP, "intermediate.dense");
    names.put(Point.FFN_INNER, "ffn.inner");
    names.put(Point.FFN_DOWN, "output.dense");
    names.put(Point.FFN, "ffn");
    names.put(Point.FFN_NORM, "output.LayerNorm");
    return names;
  }
}
