package org.trimtab.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.HfTokenizer;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.weights.onnx.OnnxWeights;

/** The real MiniLM: token ids and last hidden states. */
class MiniLmGoldenTest {
  private static final String STEM = "/all-minilm-l6-v2";

  private static InputStream resource(String ending) {
    return Objects.requireNonNull(MiniLmGoldenTest.class.getResourceAsStream(STEM + ending));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "pair"})
  void lastHiddenStatesAgree(String part) throws IOException {
    Map<String, HostTensor> expected =
        Golden.tensors(Golden.folder().resolve("minilm").resolve("expected.safetensors"));
    BertConfig shape = new BertConfig("bert", 384, 6, 12, 1536, 30522, 512, 1e-12, "gelu", 0, 2);
    try (InputStream in = resource(".onnx");
        OnnxWeights weights = OnnxWeights.read(in, STEM);
        Tensors tensors = DjlTensors.open(Precision.FP32);
        Backbone backbone =
            Backbones.load(shape.architecture(), weights, BackboneOptions.FROZEN, tensors)) {
      Input input = Golden.input(expected, part + ".", tensors);
      HostTensor states = Golden.get(expected, part + ".last_hidden_state");
      double difference =
          Golden.difference(
              tensors,
              backbone.forward(input, Contribution.NONE, Dropout.OFF).states(),
              states,
              input);
      System.out.printf("golden minilm %s: largest difference %.1e%n", part, difference);
      assertThat(difference).isLessThan(Golden.tolerance(states));
    }
  }

  @Test
  void tokenIdsAgree() throws IOException {
    Map<String, HostTensor> expected =
        Golden.tensors(Golden.folder().resolve("minilm").resolve("expected.safetensors"));
    JsonNode texts = Json.read(Golden.folder().resolve("minilm").resolve("texts.json"));
    try (InputStream in = resource("-tokenizer.json");
        HfTokenizer tokenizer = HfTokenizer.read(in, STEM)) {
      texts
          .properties()
          .forEach(
              part -> {
                HostTensor ids = Golden.get(expected, part.getKey() + ".input_ids");
                HostTensor types = Golden.get(expected, part.getKey() + ".token_type_ids");
                int width = (int) ids.shape()[1];
                for (int i = 0; i < part.getValue().size(); i++) {
                  JsonNode text = part.getValue().get(i);
                  Optional<String> pair =
                      text.size() == 2 ? Optional.of(text.get(1).asText()) : Optional.empty();
                  Encoding encoding = tokenizer.encode(text.get(0).asText(), pair, 512);
                  int from = i * width;
                  int to = from + encoding.ids().length;
                  assertThat(encoding.ids())
                      .isEqualTo(java.util.Arrays.copyOfRange(ids.longs(), from, to));
                  assertThat(encoding.types())
                      .isEqualTo(java.util.Arrays.copyOfRange(types.longs(), from, to));
                }
              });
    }
  }

  @Test
  void longTextsAreCutToTheLengthThatIsAskedFor() throws IOException {
    try (InputStream in = resource("-tokenizer.json");
        HfTokenizer tokenizer = HfTokenizer.read(in, STEM)) {
      String text = "word ".repeat(20_000);
      Encoding encoding = tokenizer.encode(text, Optional.empty(), 300);
      assertThat(encoding.truncated()).isTrue();
      assertThat(encoding.ids()).hasSize(300).startsWith(101).endsWith(102);
      Encoding pair = tokenizer.encode(text, Optional.of("a short second text"), 20);
      assertThat(pair.ids()).hasSize(20).endsWith(102);
      assertThat(pair.types()).endsWith(1, 1, 1, 1, 1);
      assertThat(tokenizer.encode("", Optional.empty(), 20).ids()).containsExactly(101, 102);
      assertThat(tokenizer.encode("word ".repeat(200), Optional.empty(), 512).truncated())
          .isFalse();
    }
  }
}
