package org.trimtab.transformer;

import org.trimtab.backbone.Point;

/** Hugging Face's module names of an encoder, without the model's prefix. */
final class Names {
  static final String WORDS = "embeddings.word_embeddings.weight";
  static final String POSITIONS = "embeddings.position_embeddings.weight";
  static final String TYPES = "embeddings.token_type_embeddings.weight";
  static final String EMBEDDING_NORM = "embeddings.LayerNorm";
  static final String POOLER = "pooler.dense";

  private Names() {}

  /** The module at {@code point} of {@code layer}. */
  static String of(int layer, Point point) {
    return "encoder.layer."
        + layer
        + "."
        + switch (point) {
          case QUERY -> "attention.self.query";
          case KEY -> "attention.self.key";
          case VALUE -> "attention.self.value";
          case ATTENTION_OUT -> "attention.output.dense";
          case ATTENTION_NORM -> "attention.output.LayerNorm";
          case FFN_UP -> "intermediate.dense";
          case FFN_DOWN -> "output.dense";
          case FFN_NORM -> "output.LayerNorm";
          case EMBEDDING,
              EMBEDDING_NORM,
              LAYER_INPUT,
              ATTENTION_INNER,
              FFN_INNER,
              ATTENTION,
              FFN,
              POOLER ->
              throw new IllegalArgumentException("no module at " + point);
        };
  }
}
