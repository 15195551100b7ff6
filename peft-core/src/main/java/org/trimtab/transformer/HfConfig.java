package org.trimtab.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;

/**
 * What {@code config.json} of a Hugging Face directory says of a BERT or RoBERTa.
 *
 * @param positions rows of the table of positions
 * @param padTokenId RoBERTa's positions are counted from it
 * @param segments rows of the table of segments
 */
public record HfConfig(
    String modelType,
    int hiddenSize,
    int layers,
    int heads,
    int intermediateSize,
    int vocabularySize,
    int positions,
    double layerNormEpsilon,
    String activation,
    int padTokenId,
    int segments) {

  /** The model types that backbones are made of. */
  public static final List<String> FAMILIES = List.of("bert", "roberta");

  private static final String ROBERTA = "roberta";
  private static final String PADDING = "pad_token_id";

  private static final Set<String> READ =
      Set.of(
          "add_cross_attention",
          "auto_map",
          "hidden_act",
          "hidden_size",
          "intermediate_size",
          "is_decoder",
          "is_encoder_decoder",
          "layer_norm_eps",
          "max_position_embeddings",
          "model_type",
          "num_attention_heads",
          "num_hidden_layers",
          PADDING,
          "position_embedding_type",
          "pruned_heads",
          "quantization_config",
          "tie_word_embeddings",
          "type_vocab_size",
          "vocab_size");

  /** Two segments, as both families have them unless they say otherwise. */
  private static final int SEGMENTS = 2;

  /** Whether positions are counted as RoBERTa does, which has no segment but the first. */
  public boolean roberta() {
    return modelType.equals(ROBERTA);
  }

  /**
   * Reads {@code config.json} of {@code directory}.
   *
   * @throws UserError if it is missing, lacks a key, names another family, or says of the model
   *     what this family's layers don't compute
   */
  public static HfConfig read(Path directory) {
    Path file = directory.resolve("config.json");
    Keys keys = new Keys(Json.read(file), file);
    String type = keys.text("model_type");
    if (!FAMILIES.contains(type)) {
      throw new UserError(
          file + ": model_type: unknown family; found '" + type + "'; allowed " + FAMILIES);
    }
    requirePlain(keys);
    HfConfig config =
        new HfConfig(
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
            keys.has("type_vocab_size") ? keys.positive("type_vocab_size") : SEGMENTS);
    config.requireConsistent(file);
    return config;
  }

  /**
   * In words, the keys of {@code directory}'s {@code config.json} of which it isn't known whether
   * they change what the model computes.
   */
  public static List<String> warnings(Path directory) {
    Path file = directory.resolve("config.json");
    List<String> unknown = HarmlessKeys.unknown(Json.read(file), READ);
    return unknown.isEmpty()
        ? List.of()
        : List.of(
            file
                + ": the model is computed without what these keys say: "
                + String.join(", ", unknown));
  }

  /** Null is for a model without padding, which only RoBERTa's positions need. */
  private static int padding(Keys keys, String type) {
    if (type.equals(ROBERTA)) {
      return keys.present(PADDING) ? keys.whole(PADDING) : 1;
    }
    return keys.has(PADDING) ? keys.whole(PADDING) : 0;
  }

  /** Refuses what would make the layers compute something else. */
  private static void requirePlain(Keys keys) {
    List.of("is_decoder", "add_cross_attention", "is_encoder_decoder").forEach(keys::requireFalse);
    if (keys.has("position_embedding_type")
        && !keys.text("position_embedding_type").equals("absolute")) {
      throw keys.wrong("position_embedding_type", "absolute");
    }
    keys.requireTruth("tie_word_embeddings");
    keys.requireEmpty("pruned_heads", "none: all heads of all layers");
    keys.requireEmpty("quantization_config", "none: weights as floating-point numbers");
    if (keys.root().path("auto_map").has("AutoModel")) {
      throw keys.wrong("auto_map", "none for AutoModel: code of the model's own isn't run");
    }
  }

  private void requireConsistent(Path file) {
    if (hiddenSize % heads != 0) {
      throw new UserError(
          file
              + ": num_attention_heads: must divide hidden_size; found "
              + heads
              + " and "
              + hiddenSize);
    }
    int end = roberta() ? Math.min(vocabularySize, positions - 1) : vocabularySize;
    if (padTokenId >= end) {
      throw new UserError(
          file
              + ": pad_token_id: found "
              + padTokenId
              + "; allowed less than "
              + end
              + (end == vocabularySize ? " (vocab_size)" : " (max_position_embeddings - 1)"));
    }
  }

  private record Keys(JsonNode root, Path file) {
    /** Whether the key stands there with a value. */
    boolean has(String key) {
      return present(key) && !root.path(key).isNull();
    }

    boolean present(String key) {
      return root.has(key);
    }

    int positive(String key) {
      if (whole(key) == 0) {
        throw wrong(key, "a whole number above 0");
      }
      return whole(key);
    }

    int whole(String key) {
      JsonNode node = root.path(key);
      if (!node.canConvertToInt() || !node.isIntegralNumber() || node.intValue() < 0) {
        throw wrong(key, "a whole number from 0 on");
      }
      return node.intValue();
    }

    double notNegative(String key) {
      JsonNode node = root.path(key);
      if (!node.isNumber() || !Double.isFinite(node.doubleValue()) || node.doubleValue() < 0) {
        throw wrong(key, "a number from 0 on");
      }
      return node.doubleValue();
    }

    String text(String key) {
      if (!root.path(key).isTextual()) {
        throw wrong(key, "a text");
      }
      return root.path(key).textValue();
    }

    void requireFalse(String key) {
      if (has(key) && !(root.path(key).isBoolean() && !root.path(key).booleanValue())) {
        throw wrong(key, "false");
      }
    }

    void requireTruth(String key) {
      if (has(key) && !root.path(key).isBoolean()) {
        throw wrong(key, "true or false");
      }
    }

    /** What is empty, or holds only what is, says nothing. */
    void requireEmpty(String key, String allowed) {
      if (has(key) && (root.path(key).isValueNode() || !isEmpty(root.path(key)))) {
        throw wrong(key, allowed);
      }
    }

    private static boolean isEmpty(JsonNode node) {
      for (JsonNode child : node) {
        if (child.isValueNode() || !isEmpty(child)) {
          return false;
        }
      }
      return true;
    }

    UserError wrong(String key, String allowed) {
      JsonNode node = root.path(key);
      String found = node.isMissingNode() ? "nothing" : node.toString();
      String shown = found.length() > 60 ? found.substring(0, 60) + "..." : found;
      return new UserError(file + ": " + key + ": found " + shown + "; allowed " + allowed);
    }
  }
}
