package org.trimtab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.tensor.HostTensor;
import org.trimtab.testing.Tiny;
import org.trimtab.testing.TinyWeights;
import org.trimtab.weights.SafetensorsWriter;

class TuneAsLibraryTest {
  @TempDir Path directory = Path.of("");

  @Test
  void theExampleRunsAndItsLossFalls() throws IOException {
    BertConfig shape = TinyWeights.shape("bert");
    Files.writeString(
        directory.resolve("config.json"),
        """
        {"model_type": "bert", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4,
         "intermediate_size": 32, "vocab_size": 50, "max_position_embeddings": 24,
         "layer_norm_eps": 1e-12, "hidden_act": "gelu", "pad_token_id": 0}
        """);
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    try (TinyWeights weights = TinyWeights.of(shape)) {
      weights.names().forEach(name -> tensors.put("bert." + name, weights.tensor(name)));
    }
    SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors, Map.of());
    List<Double> losses = TuneAsLibrary.tune(directory, Tiny.batch(), Tiny.gold());
    assertThat(losses.get(39)).isLessThan(0.7 * losses.get(0));
  }
}
