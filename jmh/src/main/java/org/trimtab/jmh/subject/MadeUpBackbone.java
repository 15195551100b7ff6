package org.trimtab.jmh.subject;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.SafetensorsWriter;

/**
 * A BERT of two layers with random weights and MiniLM's tokenizer, as a folder in Hugging Face's
 * layout: for benchmarks of what isn't the backbone's, and for tests. It is as wide as MiniLM, so
 * that every preset fits it.
 */
final class MadeUpBackbone {
  private static final int LAYERS = 2;
  private static final int WIDTH = 384;
  private static final int INSIDE = 384;
  private static final int WORDS = 30522;
  private static final int POSITIONS = 512;
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";
  private final Random random = new Random(1);
  private final Map<String, HostTensor> weights = new LinkedHashMap<>();

  private MadeUpBackbone() {}

  /** Writes it into {@code folder}. */
  static void write(Path folder) {
    MadeUpBackbone made = new MadeUpBackbone();
    made.fill();
    SafetensorsWriter.write(folder.resolve("model.safetensors"), made.weights, Map.of());
    try (InputStream tokenizer = MadeUpBackbone.class.getResourceAsStream(TOKENIZER)) {
      if (tokenizer == null) {
        throw new IllegalStateException(TOKENIZER + " is not on the class path");
      }
      Files.copy(tokenizer, folder.resolve("tokenizer.json"));
      Files.writeString(folder.resolve("config.json"), config());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String config() {
    return """
        {"model_type": "bert", "hidden_size": %d, "num_hidden_layers": %d,
         "num_attention_heads": 12, "intermediate_size": %d, "vocab_size": %d,
         "max_position_embeddings": %d, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
         "hidden_act": "gelu", "pad_token_id": 0}
        """
        .formatted(WIDTH, LAYERS, INSIDE, WORDS, POSITIONS);
  }

  private void fill() {
    matrix("embeddings.word_embeddings.weight", WORDS, WIDTH);
    matrix("embeddings.position_embeddings.weight", POSITIONS, WIDTH);
    matrix("embeddings.token_type_embeddings.weight", 2, WIDTH);
    norm("embeddings.LayerNorm");
    for (int layer = 0; layer < LAYERS; layer++) {
      String name = "encoder.layer." + layer + ".";
      for (String part : List.of("self.query", "self.key", "self.value", "output.dense")) {
        linear(name + "attention." + part, WIDTH, WIDTH);
      }
      norm(name + "attention.output.LayerNorm");
      linear(name + "intermediate.dense", INSIDE, WIDTH);
      linear(name + "output.dense", WIDTH, INSIDE);
      norm(name + "output.LayerNorm");
    }
  }

  private void linear(String name, int out, int in) {
    matrix(name + ".weight", out, in);
    weights.put(name + ".bias", HostTensor.of(new float[out], out));
  }

  private void norm(String name) {
    float[] ones = new float[WIDTH];
    Arrays.fill(ones, 1);
    weights.put(name + ".weight", HostTensor.of(ones, WIDTH));
    weights.put(name + ".bias", HostTensor.of(new float[WIDTH], WIDTH));
  }

  private void matrix(String name, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.07f * (random.nextFloat() - 0.5f);
    }
    weights.put(name, HostTensor.of(values, rows, columns));
  }
}
