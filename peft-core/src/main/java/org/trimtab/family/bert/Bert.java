package org.trimtab.family.bert;

import java.util.List;
import java.util.Optional;
import org.trimtab.architecture.Activation;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Initialization;
import org.trimtab.architecture.Names;
import org.trimtab.architecture.Normalization;
import org.trimtab.architecture.WordHead;
import org.trimtab.architecture.config.ConfigKeys;
import org.trimtab.architecture.config.Family;

/** BERT, RoBERTa, and XLM-RoBERTa (Conneau et al., 2020), whose arithmetic is RoBERTa's. */
public final class Bert implements Family {
  private static final String PADDING = "pad_token_id";

  /** Two segments, as all have them unless they say otherwise. */
  private static final int SEGMENTS = 2;

  @Override
  public List<String> modelTypes() {
    return List.of("bert", "roberta", "xlm-roberta");
  }

  @Override
  public Architecture read(ConfigKeys keys) {
    BertConfig config = config(keys);
    Architecture architecture = config.architecture();
    boolean tied = keys.truth("tie_word_embeddings", true);
    return architecture
        .with(config.roberta() ? lmHead(config, tied) : predictions(config, tied))
        .with(config.roberta() ? Initialization.normal(keys.deviation()) : initialization(keys));
  }

  /** As Devlin et al. have it, and ELECTRA after them: none beyond two deviations. */
  static Initialization initialization(ConfigKeys keys) {
    return Initialization.truncated(keys.deviation(), 2);
  }

  private static WordHead predictions(BertConfig config, boolean tied) {
    return new WordHead(
        "cls.predictions.transform.dense",
        "cls.predictions.transform.LayerNorm",
        "cls.predictions.bias",
        tied ? Optional.empty() : Optional.of("cls.predictions.decoder.weight"),
        Activation.of(config.activation()),
        new Normalization.LayerNorm(config.layerNormEpsilon()));
  }

  /** RoBERTa's, whose activation is the same whatever the layers have. */
  private static WordHead lmHead(BertConfig config, boolean tied) {
    return new WordHead(
        "lm_head.dense",
        "lm_head.layer_norm",
        "lm_head.bias",
        tied ? Optional.empty() : Optional.of("lm_head.decoder.weight"),
        Activation.of("gelu"),
        new Normalization.LayerNorm(config.layerNormEpsilon()));
  }

  @Override
  public List<Names> names() {
    return List.of(BertModules.of("bert"), BertModules.of("roberta"));
  }

  /** The sizes in {@code keys}, which must be of an encoder with a table of positions. */
  static BertConfig config(ConfigKeys keys) {
    requirePlain(keys);
    String type = keys.text("model_type");
    BertConfig config =
        new BertConfig(
            type,
            keys.positive("hidden_size"),
            keys.positive("num_hidden_layers"),
            keys.positive("num_attention_heads"),
            keys.positive("intermediate_size"),
            keys.positive("vocab_size"),
            keys.positive("max_position_embeddings"),
            keys.notNegative("layer_norm_eps"),
            keys.text("hidden_act"),
            padding(keys, type),
            keys.positive("type_vocab_size", SEGMENTS));
    keys.at("hidden_act", () -> Activation.of(config.activation()));
    requireConsistent(keys, config);
    return config;
  }

  /** Null is for a model without padding, which only RoBERTa's positions need. */
  private static int padding(ConfigKeys keys, String type) {
    if (type.equals("bert") || type.equals("electra")) {
      return keys.whole(PADDING, 0);
    }
    return keys.present(PADDING) ? keys.whole(PADDING) : 1;
  }

  /** Refuses what would make the layers compute something else. */
  private static void requirePlain(ConfigKeys keys) {
    keys.requireFalse("is_decoder", "add_cross_attention", "is_encoder_decoder");
    keys.requireOneOf("position_embedding_type", "absolute");
    keys.truth("tie_word_embeddings", true);
    keys.requirePlain();
  }

  private static void requireConsistent(ConfigKeys keys, BertConfig config) {
    if (config.hiddenSize() % config.heads() != 0) {
      throw keys.refused(
          "num_attention_heads",
          "must divide hidden_size; found " + config.heads() + " and " + config.hiddenSize());
    }
    int words = config.vocabularySize();
    int end = config.roberta() ? Math.min(words, config.positions() - 1) : words;
    if (config.padTokenId() >= end) {
      throw keys.refused(
          PADDING,
          "found "
              + config.padTokenId()
              + "; allowed less than "
              + end
              + (end == words ? " (vocab_size)" : " (max_position_embeddings - 1)"));
    }
  }
}
