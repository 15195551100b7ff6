package org.trimtab.family.decoder;

import java.util.List;
import java.util.Set;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;
import org.trimtab.backbone.StackSpec;

/**
 * The sizes of Llama and its kin.
 *
 * @param hidden H
 * @param layers L
 * @param heads h
 * @param attention heads of keys, and the width of all
 * @param ffn F
 * @param words rows of the table of tokens
 * @param positions of the longest text
 * @param padding the token that fills shorter texts up
 */
public record Sizes(
    int hidden,
    int layers,
    int heads,
    StackSpec.Heads attention,
    int ffn,
    int words,
    int positions,
    int padding) {
  /** Those of a {@code config.json}; refuses sizes that don't fit each other. */
  static Sizes of(ConfigKeys keys) {
    keys.requirePlain();
    keys.ignore("attention_dropout", "pretraining_tp");
    int hidden = keys.positive("hidden_size");
    int heads = keys.positive("num_attention_heads");
    int shared = keys.positive("num_key_value_heads", heads);
    if (heads % shared != 0) {
      throw keys.refused(
          "num_key_value_heads",
          "must divide num_attention_heads; found " + shared + " and " + heads);
    }
    if (!keys.has("head_dim") && hidden % heads != 0) {
      throw keys.refused(
          "num_attention_heads", "must divide hidden_size; found " + heads + " and " + hidden);
    }
    int width = keys.positive("head_dim", Math.max(1, hidden / heads));
    if (width % 2 != 0) {
      throw keys.refused("head_dim", "must be even, to be turned; found " + width);
    }
    return new Sizes(
        hidden,
        keys.positive("num_hidden_layers"),
        heads,
        new StackSpec.Heads(shared, width),
        keys.positive("intermediate_size"),
        keys.positive("vocab_size"),
        keys.positive("max_position_embeddings"),
        keys.whole("pad_token_id", 0));
  }

  /** A decoder of these. */
  BackboneSpec spec(String family, Set<Point> points) {
    StackSpec decoder =
        new StackSpec(
            Stack.DECODER, layers, heads, hidden, ffn, points, true, attention, hidden, Set.of());
    return new BackboneSpec(family, List.of(decoder), words, positions, padding);
  }

  /** Without positions and segments. */
  Architecture.Tables tables() {
    return new Architecture.Tables(words, 0, 0, false);
  }

  /** 1 / √d. */
  double scale() {
    return 1 / Math.sqrt(attention.width());
  }
}
