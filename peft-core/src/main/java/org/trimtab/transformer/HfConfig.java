package org.trimtab.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;

/** What {@code config.json} of a Hugging Face directory says of a BERT or RoBERTa. */
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
    int padTokenId) {

  /** The model types that backbones are made of. */
  public static final List<String> FAMILIES = List.of("bert", "roberta");

  /**
   * Reads {@code config.json} of {@code directory}.
   *
   * @throws UserError if it is missing, lacks a key or names another family
   */
  public static HfConfig read(Path directory) {
    Path file = directory.resolve("config.json");
    JsonNode root = Json.read(file);
    Keys keys = new Keys(root, file);
    String type = keys.text("model_type");
    if (!FAMILIES.contains(type)) {
      throw new UserError(
          file + ": model_type: unknown family; found '" + type + "'; allowed " + FAMILIES);
    }
    HfConfig config =
        new HfConfig(
            type,
            keys.positive("hidden_size"),
            keys.positive("num_hidden_layers"),
            keys.positive("num_attention_heads"),
            keys.positive("intermediate_size"),
            keys.positive("vocab_size"),
            keys.positive("max_position_embeddings"),
            keys.number("layer_norm_eps"),
            keys.text("hidden_act"),
            root.path("pad_token_id").asInt(type.equals("roberta") ? 1 : 0));
    if (config.hiddenSize() % config.heads() != 0) {
      throw new UserError(
          file
              + ": num_attention_heads: must divide hidden_size; found "
              + config.heads()
              + " and "
              + config.hiddenSize());
    }
    return config;
  }

  private record Keys(JsonNode root, Path file) {
    int positive(String key) {
      JsonNode node = root.path(key);
      if (!node.canConvertToInt() || !node.isIntegralNumber() || node.intValue() <= 0) {
        throw wrong(key, node, "a whole number above 0");
      }
      return node.intValue();
    }

    double number(String key) {
      JsonNode node = root.path(key);
      if (!node.isNumber()) {
        throw wrong(key, node, "a number");
      }
      return node.doubleValue();
    }

    String text(String key) {
      JsonNode node = root.path(key);
      if (!node.isTextual()) {
        throw wrong(key, node, "a text");
      }
      return node.textValue();
    }

    private UserError wrong(String key, JsonNode node, String allowed) {
      String found = node.isMissingNode() ? "nothing" : node.toString();
      return new UserError(file + ": " + key + ": found " + found + "; allowed " + allowed);
    }
  }
}
