package org.trimtab.family.bert;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.architecture.Names;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;

/** Hugging Face's names of BERT's modules, which RoBERTa and ELECTRA have, too. */
public final class BertModules {
  /** Of an encoder with tables of positions and segments. */
  public static final Names NAMES =
      new Names(
          Map.of(Stack.ENCODER, new Names.Modules("encoder.layer.", points())),
          "embeddings.word_embeddings.weight",
          Optional.of("embeddings.position_embeddings.weight"),
          Optional.of("embeddings.token_type_embeddings.weight"),
          Optional.empty());

  private BertModules() {}

  /** Those of a model of {@code type}, such as {@code bert}, with its prefix. */
  static Names of(String type) {
    return NAMES.under((type.equals("xlm-roberta") ? "roberta" : type) + ".");
  }

  private static Map<Point, String> points() {
    Map<Point, String> names = new LinkedHashMap<>();
    names.put(Point.EMBEDDING, "embeddings");
    names.put(Point.EMBEDDING_NORM, "embeddings.LayerNorm");
    names.put(Point.EMBEDDING_PROJECTION, "embeddings_project");
    names.put(Point.LAYER_INPUT, "input");
    names.put(Point.QUERY, "attention.self.query");
    names.put(Point.KEY, "attention.self.key");
    names.put(Point.VALUE, "attention.self.value");
    names.put(Point.ATTENTION_INNER, "attention.inner");
    names.put(Point.ATTENTION_OUT, "attention.output.dense");
    names.put(Point.ATTENTION, "attention");
    names.put(Point.ATTENTION_NORM, "attention.output.LayerNorm");
    names.put(Point.FFN_UP, "intermediate.dense");
    names.put(Point.FFN_INNER, "ffn.inner");
    names.put(Point.FFN_DOWN, "output.dense");
    names.put(Point.FFN, "ffn");
    names.put(Point.FFN_NORM, "output.LayerNorm");
    names.put(Point.POOLER, "pooler.dense");
    return names;
  }
}
