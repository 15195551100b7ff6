package org.trimtab.pretrained;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.golden.Golden;
import org.trimtab.json.Json;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.tokenizer.Texts;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** A real quantized model, SmolLM2-135M-Instruct, against transformers on its values. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmolLmGoldenTest {
  /** Of the largest absolute value. */
  private static final double TOLERANCE = 2e-4;

  private Map<String, HostTensor> expected = Map.of();
  private List<JsonNode> texts = List.of();
  private Optional<BackboneFiles> files = Optional.empty();
  private Optional<Backbone> backbone = Optional.empty();
  private Optional<Tensors> tensors = Optional.empty();

  @BeforeAll
  void load() throws IOException {
    Path folder = Golden.familiesFolder().resolve("smollm2");
    Path models = Golden.familiesFolder().resolveSibling("models");
    Assumptions.assumeTrue(
        Files.isDirectory(folder) && Files.isDirectory(models),
        () -> "skipped: no reference outputs at " + folder + ", or no model at " + models);
    expected = Golden.tensors(folder.resolve("expected.safetensors"));
    JsonNode told = Json.read(folder.resolve("texts.json")).path("texts");
    texts = IntStream.range(0, told.size()).mapToObj(told::get).toList();
    files = Optional.of(config(models).open());
    tensors = Optional.of(DjlTensors.open(Precision.FP32));
    backbone = Optional.of(files().load(config(models).options(), tensors()));
  }

  private static GgufBackboneConfig config(Path models) throws IOException {
    return new GgufBackboneConfig(
        only(models, ".gguf"),
        only(models, ".tokenizer.json"),
        Tuning.FROZEN,
        PoolerMode.NONE,
        DropoutRates.NONE,
        KernelChoice.AUTO,
        BackbonePrecision.FP32,
        "cpu");
  }

  private static Path only(Path folder, String end) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              p -> {
                String name = String.valueOf(p.getFileName());
                return name.startsWith("smollm2") && name.endsWith(end);
              })
          .findFirst()
          .orElseThrow();
    }
  }

  @AfterAll
  void close() {
    backbone.ifPresent(Backbone::close);
    files.ifPresent(BackboneFiles::close);
  }

  @Test
  void theFileSaysAllOfTheModel() {
    assertThat(files().warnings()).isEmpty();
    assertThat(files().sha256()).hasSize(64);
    assertThat(files().architecture().family()).isEqualTo("llama");
  }

  @Test
  void theTokenizerGivesTheIds() {
    for (int i = 0; i < texts.size(); i++) {
      Texts text = new Texts(texts.get(i).path("text").asText(), Optional.empty());
      assertThat(files().tokenizer().encode(text, 512).ids()).isEqualTo(longs(i, "ids"));
    }
  }

  @Test
  void statesOfAllTokensAndScoresBehindTheLastAgree() {
    for (int i = 0; i < texts.size(); i++) {
      Tensor states = states(longs(i, "ids"));
      HostTensor hidden = Golden.get(expected, i + ".last_hidden");
      HostTensor logits = Golden.get(expected, i + ".last_logits");
      double ofStates =
          Golden.difference(tensors().doubles(states), hidden.doubles()) / Golden.largest(hidden);
      double ofScores =
          Golden.difference(lastScores(states), logits.doubles()) / Golden.largest(logits);
      System.out.printf("smollm2 %d: states %.1e, scores %.1e%n", i, ofStates, ofScores);
      assertThat(ofStates).isLessThan(TOLERANCE);
      assertThat(ofScores).isLessThan(TOLERANCE);
    }
  }

  /** The mean cross-entropy of each next token. */
  @Test
  void lossesAgree() {
    for (int i = 0; i < texts.size(); i++) {
      long[] ids = longs(i, "ids");
      Tensor scores = backbone().wordScores(states(ids).rows(0, ids.length - 1));
      double[] logs = tensors().doubles(scores.logSoftmax());
      int words = logs.length / (ids.length - 1);
      double loss =
          -IntStream.range(0, ids.length - 1)
              .mapToDouble(row -> logs[row * words + (int) ids[row + 1]])
              .average()
              .orElseThrow();
      double reference = texts.get(i).path("loss").asDouble();
      System.out.printf("smollm2 %d: loss %.5f, difference %.1e%n", i, loss, loss - reference);
      assertThat(Math.abs(loss - reference)).isLessThan(TOLERANCE * reference);
    }
  }

  /** The whole prefix is run again for every token. */
  @Test
  void theLikeliestContinuationsAgree() {
    for (int i = 0; i < texts.size(); i++) {
      long[] generated = longs(i, "generated");
      long[] prefix = longs(i, "ids");
      while (prefix.length < generated.length) {
        long[] read = prefix;
        long next = tensors().withoutGraph(() -> largest(lastScores(states(read))));
        prefix = Arrays.copyOf(prefix, prefix.length + 1);
        prefix[prefix.length - 1] = next;
      }
      assertThat(prefix).isEqualTo(generated);
    }
  }

  private static long largest(double... scores) {
    return IntStream.range(0, scores.length)
        .reduce((a, b) -> scores[b] > scores[a] ? b : a)
        .orElseThrow();
  }

  /** (1, T, H), behind the final norm. */
  private Tensor states(long... ids) {
    long[] shape = {1, ids.length};
    double[] ones = new double[ids.length];
    Arrays.fill(ones, 1);
    Input input =
        new Input(
            tensors().of(ids, shape),
            tensors().of(new long[ids.length], shape),
            tensors().of(ones, shape));
    return backbone().forward(input, Contribution.NONE, Dropout.OFF).states();
  }

  private double[] lastScores(Tensor states) {
    long rows = tensors().shape(states)[1];
    return tensors().doubles(backbone().wordScores(states.rows(rows - 1, rows)));
  }

  private long[] longs(int text, String name) {
    return Golden.get(expected, text + "." + name).longs();
  }

  private Tensors tensors() {
    return tensors.orElseThrow();
  }

  private Backbone backbone() {
    return backbone.orElseThrow();
  }

  private BackboneFiles files() {
    return files.orElseThrow();
  }
}
