package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.json.Json;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.SafetensorsWriter;

/** Methods that show something of a pass, keep constants, or read files, from run to prediction. */
class SavedMethodsTest {
  private static final Path TASK =
      Path.of(System.getProperty("trimtab.root", ".."), "configs/tasks/sentiment.yaml")
          .toAbsolutePath()
          .normalize();

  @TempDir Path folder = Path.of("");

  private Path run(String method) throws IOException {
    new TinyExperiment(folder); // its backbone
    Path file = folder.resolve("saved.yaml");
    Files.writeString(
        file,
        """
        extends: %s
        backbone: {type: huggingface, directory: tiny}
        data: {maximum_length: 40, few_shot: {examples: 96}}
        method: %s
        train: {epochs: 2, batch: 16}
        """
            .formatted(TASK, method));
    Path runs = folder.resolve("runs");
    Cli.Ran ran = trimtab("run", file.toString(), "--runs", runs.toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    try (Stream<Path> trials = Files.list(runs.resolve("saved"))) {
      return trials.findFirst().orElseThrow();
    }
  }

  @Test
  void gatesAreSavedWithThePredictionTheyBelongTo() throws IOException {
    Path run =
        run(
            "{type: unipelt, parts: {prefix: {type: prefix, length: 2, mid: 4},"
                + " adapter: {type: adapter, reduction_factor: 4},"
                + " lora: {type: lora, rank: 2, alpha: 2}}}");
    for (String line : Files.readAllLines(run.resolve("predictions.jsonl"))) {
      JsonNode trace = Json.parse(line, "predictions").path("trace");
      assertThat(trace.properties())
          .extracting(Map.Entry::getKey)
          .contains(
              "prefix.gate.encoder.layer.0.attention",
              "adapter.gate.encoder.layer.1.ffn",
              "lora.gate.encoder.layer.1.attention.self.value")
          .hasSize(2 + 2 + 4);
      trace.forEach(gate -> assertThat(gate.doubleValue()).isBetween(0.0, 1.0));
    }
    assertThat(trimtab("evaluate", run.toString()).code()).isZero();
  }

  @Test
  void sourcePromptsAreSavedSoThatTheirFilesMayGo() throws IOException {
    Path source = folder.resolve("source.safetensors");
    double[] values = new double[3 * 16];
    java.util.Arrays.setAll(values, i -> Math.sin(i));
    SafetensorsWriter.write(
        source, Map.of("prompt_embeddings", HostTensor.of(values, 3, 16)), Map.of());
    Path run =
        run(
            "{type: attempt, length: 3, width: 4, init: {type: uniform},"
                + " sources: [{type: file, file: "
                + source
                + "}, {type: uniform}]}");
    Cli.Ran before = trimtab("predict", run.toString(), "a fine film");
    Files.delete(source);
    Cli.Ran after = trimtab("predict", run.toString(), "a fine film");
    assertThat(after.code()).as(after.err()).isZero();
    assertThat(after.out()).isEqualTo(before.out());
    assertThat(Files.readString(run.resolve("predictions.jsonl")))
        .contains("attention.source.1", "attention.own");
    assertThat(trimtab("evaluate", run.toString()).code()).isZero();
  }

  @Test
  void wordVectorsThatHaveChangedAreRefused() throws IOException {
    Path vectors = folder.resolve("vectors.txt");
    Files.writeString(vectors, "good 1 0 0.5 -1\nbad -1 0.5 0 1\nfilm 0.1 0.2 0.3 0.4\n");
    Path run =
        run(
            "{type: idpg, encoder: {type: word-vectors, file: "
                + vectors
                + "}, generator: {type: phm, n: 4, width: 4}}");
    assertThat(trimtab("predict", run.toString(), "a good film").code()).isZero();
    Files.writeString(vectors, "good 1 0 0.5 -1\nbad -1 0.5 0 2\nfilm 0.1 0.2 0.3 0.4\n");
    Cli.Ran refused = trimtab("predict", run.toString(), "a good film");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("was trained with other contents of")
        .contains("vectors.txt");
  }

  @Test
  void whatIsNotTakenOfABackbonesFilesIsToldByWhoeverReadsThem() throws IOException {
    run("{type: head-only}");
    Path config = folder.resolve("tiny/config.json");
    Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"new_key\": 1,"));
    Path runs = folder.resolve("again");
    assertThat(
            trimtab("run", folder.resolve("saved.yaml").toString(), "--runs", runs.toString())
                .code())
        .isZero();
    Path run;
    try (Stream<Path> trials = Files.list(runs.resolve("saved"))) {
      run = trials.findFirst().orElseThrow();
    }
    String told =
        "warning: " + config + ": the model is computed without what these keys say: new_key";
    for (String command : List.of("predict", "evaluate")) {
      Cli.Ran ran =
          command.equals("predict")
              ? trimtab(command, run.toString(), "a good film")
              : trimtab(command, run.toString());
      assertThat(ran.code()).as(ran.err()).isZero();
      assertThat(ran.err().split(Pattern.quote(told), -1)).hasSize(2);
      assertThat(ran.out()).doesNotContain("new_key");
    }
  }

  @Test
  void aSecondVectorOfAWordIsAWarningOfTheRunWhoeverReadsTheFile() throws IOException {
    Path vectors = folder.resolve("vectors.txt");
    Files.writeString(vectors, "good 1 0\nbad -1 0.5\ngood 2 2\n");
    String idpg =
        "{type: idpg, encoder: {type: word-vectors, file: "
            + vectors
            + "}, generator: {type: dnn, width: 4}}";
    Path run = run("{type: sum, parts: {idpg: " + idpg + "}}");
    assertThat(Json.read(run.resolve("result.json")).path("warnings").toString())
        .contains(
            "vectors.txt: words with a second vector, which is not taken: 1; 'good' in line 3,"
                + " first in line 1");
  }

  /** The contents of a method's files are part of a trial's identity. */
  @Test
  void otherWordVectorsAreAnotherTrial() throws IOException {
    Path vectors = folder.resolve("vectors.txt");
    String method =
        "{type: idpg, encoder: {type: word-vectors, file: "
            + vectors
            + "}, generator: {type: dnn, width: 4}}";
    Files.writeString(vectors, "good 1 0\n");
    run(method);
    Files.writeString(vectors, "good 1 1\n");
    run(method);
    try (Stream<Path> trials = Files.list(folder.resolve("runs/saved"))) {
      assertThat(trials).hasSize(2);
    }
  }
}
