package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.Safetensors;
import org.trimtab.weights.SafetensorsWriter;

/** Settings that would do nothing, or stand for nothing, are refused by name, or warned of. */
class IdleSettingsTest {
  private static final String TASK =
      """
      backbone: {type: huggingface, directory: %1$s}
      data: {maximum_length: 24%2$s}
      head: {type: linear, dropout: 0}
      task:
        type: tsv
        name: films
        directory: %3$s
        train: {file: train.tsv, header: true, text: text, label: label}
        dev: {file: dev.tsv, header: true, text: text, label: label}
        labels: [%4$s]
        metrics: [accuracy]
        main_metric: accuracy
      train: {epochs: 1, batch: 8}
      method: %5$s
      """;
  private static final String TWO = "{value: \"0\", word: bad}, {value: \"1\", word: good}";
  private static final String THREE = TWO + ", {value: \"2\", word: odd}";
  @TempDir Path folder = Path.of("");

  private Cli.Ran run(String method, String labels, String data, String... more)
      throws IOException {
    new TinyExperiment(folder);
    String rows = "text\tlabel\n" + "a good film\t1\na bad film\t0\n".repeat(6);
    Files.writeString(folder.resolve("train.tsv"), rows);
    Files.writeString(folder.resolve("dev.tsv"), rows);
    Path file = folder.resolve("films.yaml");
    Files.writeString(file, TASK.formatted(folder.resolve("tiny"), data, folder, labels, method));
    return Cli.trimtab(
        Stream.concat(
                Stream.of("run", file.toString(), "--runs", folder.resolve("runs").toString()),
                Stream.of(more))
            .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: lora, rank_pattern: {querry: 8}} | method.rank_pattern: matches no target; found"
            + " querry; allowed the end of a target's path, such as query, value",
        "{type: lora, rank_pattern: {'que(ry': 8}} | method.rank_pattern: not a regular expression:"
            + " Unclosed group; found que(ry",
        "{type: lora, rank_pattern: {'key)(query': 8}} | method.rank_pattern: not a regular"
            + " expression: Unmatched closing ')'; found key)(query",
        "{type: lora, alpha_pattern: {querry: 8}} | method.alpha_pattern: matches no target; found"
            + " querry",
        "{type: lora, rank_pattern: {key: 8}} | method.rank_pattern: matches no target; found key",
        "{type: lora, layers: [0], rank_pattern: {'layer.1.attention.self.query': 4}} |"
            + " method.rank_pattern: matches no target; found layer.1.attention.self.query",
        "{type: lora, rank_pattern: {query: 8, self.query: 4}} | method.rank_pattern: an earlier"
            + " pattern takes all targets of this one; found self.query",
        "{type: lora, targets: [query, pooler], layers: [0]} | method.targets: ",
        "{type: lora, targets: ['layer.0.attention.self.query'], layers: [0, 1]} | method.layers:"
            + " found 1, which holds none of the targets",
        "{type: sum, parts: {a: {type: lora, rank_pattern: {querry: 8}}}} |"
            + " method.parts.a.rank_pattern: matches no target; found querry",
        "{type: unipelt, parts: {a: {type: lora}, b: {type: bitfit}}, ungated: [b], one_gate: [b]}"
            + " | method.one_gate: found b, which has no gate: ungated names it too",
        "{type: prompt, length: 1, init: {type: label}} | method.length: found 1; allowed at least"
            + " 2, a row for each class that the prompt starts from",
      })
  void aSettingWithoutEffectIsRefusedByItsKey(String method, String message) throws IOException {
    Cli.Ran ran = run(method, TWO, "", "--dry-run");
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains(message).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: lora, rank: 1000000000} | method.rank",
        "{type: lora, rank_pattern: {query: 1000000000}} | method.rank_pattern",
        "{type: prefix, length: 1000000000} | method.length",
        "{type: prefix, mid: 1000000000} | method.mid",
        "{type: prompt, length: 1000000000} | method.length",
        "{type: p-tuning, width: 2000000000} | method.width",
        "{type: residual-prompt, bottleneck: 1000000000} | method.bottleneck",
        "{type: dept, rank: 1000000000} | method.",
        "{type: compacter, n: 1000000000} | method.n",
        "{type: idpg, generator: {type: dnn, width: 1000000000}} | method.generator",
        "{type: sum, parts: {a: {type: lora, rank: 1000000000}}} | method.parts.a.rank",
        "{type: unipelt, parts: {a: {type: prefix, mid: 1000000000}}} | method.parts.a.mid",
      })
  void aSizeBeyondMemoryIsRefusedByItsKey(String method, String key) throws IOException {
    Cli.Ran ran = run(method, TWO, "", "--dry-run");
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains(key).contains("training would need").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: prompt} | train.epochs=1 | the method touches the embedding or the lowest layer",
        "{type: head-only} | backbone.dropout.hidden=0.1 | the backbone's dropout is on",
        "{type: head-only} | backbone.tuning=full | the backbone trains",
        "{type: prefix, layers: [1], shift_positions: true} | train.epochs=1 | the method moves the"
            + " text's positions",
      })
  void statesAreNotKeptWhereThatWouldNotBeExact(String method, String set, String why)
      throws IOException {
    String[] more = {"--dry-run", "--set", set, "--set", "train.keep_states.when=on"};
    Cli.Ran ran = run(method, TWO, "", more);
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err())
        .contains("train.keep_states.when: found on, but " + why + "; allowed auto, off");
  }

  @ParameterizedTest
  @CsvSource({
    "{type: head-only},states are kept: up to",
    "{type: prompt},states are not kept: the method touches the embedding"
  })
  void whetherStatesAreKeptStandsInTheLog(String method, String note) throws IOException {
    Cli.Ran ran = run(method, TWO, "");
    assertThat(ran.code()).as(ran.err()).isZero();
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      Path log = files.filter(file -> file.endsWith("metrics.jsonl")).findFirst().orElseThrow();
      assertThat(Files.readAllLines(log).get(0)).startsWith("{\"note\":\"" + note);
    }
  }

  @Test
  void patternsOfTargetsAreUsed() throws IOException {
    Cli.Ran ran =
        run(
            "{type: lora, rank_pattern: {query: 4, 'encoder.layer.1.attention.self.value': 2},"
                + " alpha_pattern: {'.*value': 8}}",
            TWO,
            "",
            "--dry-run");
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  @Test
  void aClassWordWithoutTokensCannotStartARow() throws IOException {
    String labels = TWO.replace("bad", "\"\\u200b\"");
    Cli.Ran ran = run("{type: prompt, length: 4, init: {type: label}}", labels, "", "--dry-run");
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).contains("method.init: the class '").contains("has no tokens");
  }

  @Test
  void aClassThatNoTrainingExampleHasIsNamed() throws IOException {
    Cli.Ran ran = run("{type: head-only}", THREE, "");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("no training example is of the class 'odd': it can't be learnt")
        .doesNotContain("class 'bad'");
  }

  @ParameterizedTest
  @CsvSource({"1, odd, 0", "7, bad, 6"})
  void asManyOfEachClassAsThereAreOfTheRarest(int k, String rarest, int there) throws IOException {
    String labels = rarest.equals("odd") ? THREE : TWO;
    Cli.Ran ran =
        run("{type: head-only}", labels, ", few_shot: {per_class: " + k + "}", "--dry-run");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "data.few_shot.per_class: found %d; allowed up to %d, the examples of the class '%s'"
                .formatted(k, there, rarest));
  }

  @Test
  void anAdapterWithANaNIsRefusedByItsTensor() throws IOException {
    assertThat(run("{type: prompt, length: 4}", TWO, "").code()).isZero();
    Path trial = trial();
    Path file = trial.resolve("adapter/adapter_model.safetensors");
    Map<String, HostTensor> values = new LinkedHashMap<>();
    try (Safetensors saved = Safetensors.open(file)) {
      for (String name : saved.names()) {
        float[] floats = saved.tensor(name).floats();
        floats[1] = name.equals("prompt_embeddings") ? Float.NaN : floats[1];
        values.put(name, HostTensor.of(floats, saved.tensor(name).shape()));
      }
    }
    SafetensorsWriter.write(file, values, Map.of());
    for (String command : List.of("predict", "evaluate")) {
      Stream<String> arguments = Stream.of(command, trial.toString());
      Stream<String> texts = command.equals("predict") ? Stream.of("a film") : Stream.of();
      Cli.Ran ran = Cli.trimtab(Stream.concat(arguments, texts).toList());
      assertThat(ran.code()).as(ran.out()).isEqualTo(2);
      assertThat(ran.err())
          .contains(file + ": tensor 'prompt_embeddings' holds 1 of 64 values that are not finite");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | trimtab.json",
        "{} | trimtab.json: no field 'backbone_sha256'",
        "{\"backbone\": \"b\", \"task\": \"t\"} | trimtab.json: no field 'backbone_sha256'",
        "{\"backbone\": \"b\", \"backbone_sha256\": \"\", \"task\": \"t\"} | trimtab.json:"
            + " backbone_sha256: no SHA-256; found ''",
        "null | trimtab.json",
      })
  void aDamagedOriginIsNotCalledAnotherBackbone(String text, String message) throws IOException {
    assertThat(run("{type: prompt, length: 4}", TWO, "").code()).isZero();
    Path trial = trial();
    Files.writeString(trial.resolve("adapter/trimtab.json"), text);
    Cli.Ran ran = Cli.trimtab(List.of("predict", trial.toString(), "a film"));
    assertThat(ran.code()).as(ran.out()).isEqualTo(2);
    assertThat(ran.err()).contains(message).doesNotContain("was trained on");
  }

  private Path trial() throws IOException {
    try (Stream<Path> trials = Files.list(folder.resolve("runs/films"))) {
      return trials.findFirst().orElseThrow();
    }
  }
}
