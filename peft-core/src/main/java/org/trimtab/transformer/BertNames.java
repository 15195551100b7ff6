package org.trimtab.transformer;

import org.trimtab.backbone.Point;

/** Hugging Face's module names of an encoder, without the model's prefix. */
final class BertNames {
  static final String WORDS = "embeddings.word_embeddings.weight";
  static final String POSITIONS = "embeddings.position_embeddings.weight";
  static final String TYPES = "embeddings.token_type_embeddings.weight";
  static final String EMBEDDING_NORM = "embeddings.LayerNorm";
  static final String POOLER = "pooler.dense";

  private BertNames() {}

  /** The path of {@code point}; a made-up one where there is no module. */
  static String of(int layer, Point point) {
    return switch (point) {
      case EMBEDDING -> "embeddings";
      case EMBEDDING_NORM -> EMBEDDING_NORM;
      case POOLER -> POOLER;
      default -> inLayer(layer, point);
    };
  }

  private static String inLayer(int layer, Point point) {
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
          case LAYER_INPUT -> "input";
          case ATTENTION_INNER -> "attention.inner";
          case ATTENTION -> "attention";
          case FFN_INNER -> "ffn.inner";
          case FFN -> "ffn";
          case EMBEDDING, EMBEDDING_NORM, POOLER ->
              throw new IllegalArgumentException(point + " is in no layer");
        };
  }
}
