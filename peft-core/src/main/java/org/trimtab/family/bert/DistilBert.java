package org.trimtab.family.bert;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
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

/** DistilBERT (Sanh et al., 2019): BERT without segments and pooler, under other names. */
public final class DistilBert implements Family {
  private static final double EPSILON = 1e-12;
  private static final Names NAMES = moduleNames();

  @Override
  public List<String> modelTypes() {
    return List.of("distilbert");
  }

  @Override
  public List<Names> names() {
    return List.of(NAMES);
  }

  @Override
  public Architecture read(ConfigKeys keys) {
    keys.requirePlain();
    keys.ignore(
        "attention_dropout",
        "dropout",
        "qa_dropout",
        "seq_classif_dropout",
        "sinusoidal_pos_embds", // how the table was made, which files hold
        "tie_weights_");
    keys.truth("tie_word_embeddings", true);
    int hidden = keys.positive("dim");
    int heads = keys.positive("n_heads");
    if (hidden % heads != 0) {
      throw keys.refused("n_heads", "must divide dim; found " + heads + " and " + hidden);
    }
    int layers = keys.positive("n_layers");
    int words = keys.positive("vocab_size");
    int positions = keys.positive("max_position_embeddings");
    StackSpec encoder =
        new StackSpec(
            Stack.ENCODER,
            layers,
            heads,
            hidden,
            keys.positive("hidden_dim"),
            NAMES.modules(Stack.ENCODER).named(),
            false);
    Wiring wiring =
        new Wiring(
            NormOrder.POST,
            new Normalization.LayerNorm(EPSILON),
            keys.at("activation", () -> Activation.of(keys.text("activation"))),
            1 / Math.sqrt(encoder.headWidth()),
            new Wiring.Embedding(Optional.of(PositionTable.absolute()), 1),
            Collections.nCopies(layers, Wiring.Layer.PLAIN),
            Point.of(Role.LINEAR, Role.NORM));
    return new Architecture(
            keys.toString(),
            new BackboneSpec(
                "distilbert", List.of(encoder), words, positions, keys.whole("pad_token_id", 0)),
            Map.of(Stack.ENCODER, wiring),
            NAMES,
            new Architecture.Tables(words, positions, 0, false))
        .with(Initialization.normal(keys.deviation()));
  }

  private static Names moduleNames() {
    return new Names(
            Map.of(Stack.ENCODER, new Names.Modules("transformer.layer.", modules())),
            "embeddings.word_embeddings.weight",
            Optional.of("embeddings.position_embeddings.weight"),
            Optional.empty(),
            Optional.empty())
        .under("distilbert.");
  }

  private static Map<Point, String> modules() {
    Map<Point, String> names = new LinkedHashMap<>();
    names.put(Point.EMBEDDING, "embeddings");
    names.put(Point.EMBEDDING_NORM, "embeddings.LayerNorm");
    names.put(Point.LAYER_INPUT, "input");
    names.put(Point.QUERY, "attention.q_lin");
    names.put(Point.KEY, "attention.k_lin");
    names.put(Point.VALUE, "attention.v_lin");
    names.put(Point.ATTENTION_INNER, "attention.inner");
    names.put(Point.ATTENTION_OUT, "attention.out_lin");
    names.put(Point.ATTENTION, "attention");
    names.put(Point.ATTENTION_NORM, "sa_layer_norm");
    names.put(Point.FFN_UP, "ffn.lin1");
    names.put(Point.FFN_INNER, "ffn.inner");
    names.put(Point.FFN_DOWN, "ffn.lin2");
    names.put(Point.FFN, "ffn");
    names.put(Point.FFN_NORM, "output_layer_norm");
    return names;
  }
}
