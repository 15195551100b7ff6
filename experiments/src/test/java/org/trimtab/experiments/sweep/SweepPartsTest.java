package org.trimtab.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.experiments.Cli;
import org.trimtab.json.Json;

/** The parts of a sweep, and the command line over them: none undoes another in silence. */
class SweepPartsTest {
  private static final String GRID = "grid: {train.lr: [\"1e-2\", \"1e-3\"]}\n";
  @TempDir Path folder = Path.of("");

  private Cli.Ran plan(TinySweep tiny, String... more) {
    List<String> arguments = new java.util.ArrayList<>(List.of(more));
    arguments.add("--no-estimates");
    return Cli.trimtab(
        tiny.command("plan", folder.resolve("runs"), arguments.toArray(String[]::new)));
  }

  private static void refused(Cli.Ran ran, String message) {
    assertThat(ran.err()).contains(message).doesNotContain("\tat ");
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.lr=1e-5",
        "train={lr: 1e-5}",
        "train={clip: 0, lr: 1e-5}",
        " train = {lr: 1e-5} ",
        "train=null",
      })
  void whatTheSweepVariesIsNotSetHoweverItIsWritten(String set) {
    refused(
        plan(new TinySweep(folder, GRID), "--set", set),
        "--set " + set + ": the sweep itself varies train.lr");
  }

  @Test
  void aMappingThatIsVariedIsNotSetByOneOfItsKeys() {
    TinySweep tiny = new TinySweep(folder, "grid: {train: [\"{lr: 1e-2}\", \"{lr: 1e-3}\"]}\n");
    refused(plan(tiny, "--set", "train.lr=1"), "the sweep itself varies train.lr");
    assertThat(plan(tiny, "--set", "train.clip=0").code()).isZero();
  }

  @Test
  void itsNeighboursAreSetAndTheVariedValuesHold() throws Exception {
    TinySweep tiny = new TinySweep(folder, GRID + "set: {train.epochs: \"1\"}\n");
    Path runs = folder.resolve("runs");
    Cli.Ran ran =
        Cli.trimtab(tiny.command("run", runs, "--workers", "1", "--set", "train={clip: 0.5}"));
    assertThat(ran.code()).as(ran.err()).isZero();
    Json.read(runs.resolve("sweep/plan.json"))
        .path("trials")
        .forEach(
            trial -> {
              assertThat(trial.path("settings").path("train.clip").asText()).isEqualTo("0.5");
              assertThat(Double.parseDouble(trial.path("settings").path("train.lr").asText()))
                  .isEqualTo(Double.parseDouble(trial.path("point").path("train.lr").asText()));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"seeds=[7,8]", "seeds=7"})
  void seedsAreTheFilesAlone(String set) {
    refused(
        plan(new TinySweep(folder, ""), "--set", set),
        "--set " + set + ": a sweep's seeds stand in its file, under seeds");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set: {seeds: '[7, 8]'} | set.seeds: a sweep has seeds of its own; allowed its key seeds",
        "grid: {seeds: ['1']} | grid.seeds: a sweep has seeds of its own",
        "per_method: {prompt: {set: {seeds: '1'}}} | per_method.prompt.set.seeds: a sweep has",
        "per_method: {prompt: {grid: {seeds: ['1']}}} | per_method.prompt.grid.seeds: a sweep has",
        "search: {trials: 2, seed: 1, space: {seeds: {type: integer, low: 1, high: 9}}}"
            + " | search.space.seeds: a sweep has seeds of its own",
        "grid: {train.lr: ['1']} ;; search: {trials: 2, seed: 1, space: {train.lr: {type: uniform,"
            + " low: 1, high: 2}}} | search.space.train.lr: found a second time, beside"
            + " grid.train.lr; allowed one of the two",
        "grid: {train: ['{lr: 1}']} ;; search: {trials: 2, seed: 1, space: {train.lr: {type:"
            + " uniform, low: 1, high: 2}}} | search.space.train.lr: found a second time",
        "per_method: {prompt: {grid: {train.lr: ['1']}}} ;; search: {trials: 2, seed: 1, space:"
            + " {train.lr: {type: uniform, low: 1, high: 2}}} | per_method.prompt.grid.train.lr:"
            + " found a second time, beside search.space.train.lr",
        "set: {train.lr: '1'} ;; grid: {train.lr: ['1', '2']} | set.train.lr: found a second",
        "set: {train: '{lr: 1}'} ;; grid: {train.lr: ['1', '2']} | set.train.lr: found a second",
        "per_method: {prompt: {set: {train.lr: '1'}}} ;; grid: {train.lr: ['1', '2']}"
            + " | per_method.prompt.set.train.lr: found a second time, beside grid.train.lr",
        "per_method: {prompt: {set: {train.lr: '1'}, grid: {train.lr: ['1']}}}"
            + " | per_method.prompt.set.train.lr: found a second time, beside its own grid",
        "grid: {train: ['{lr: 1}'], train.lr: ['2']} | grid.train.lr: found a second time",
        "seeds: [1, 1] | seeds[1]: found 1 a second time",
      })
  void aKeyHasItsValueFromOnePart(String parts, String message) {
    TinySweep tiny = new TinySweep(folder, parts.replace(" ;; ", "\n") + "\n");
    refused(plan(tiny), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "set: {train.lr: '1'} ;; per_method: {prompt: {set: {train.lr: '2'}}} | 2",
        "grid: {train.lr: ['1', '2']} ;; per_method: {prompt: {grid: {train.lr: ['3']}}} | 3",
        "set: {train: '{clip: 0}'} ;; grid: {train.lr: ['1', '2']} | 4",
      })
  void aMethodHasItsOwnValuesAndNeighboursHaveTheirs(String parts, int trials) {
    Cli.Ran ran = plan(new TinySweep(folder, parts.replace(" ;; ", "\n") + "\n"));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains(trials + " trials, 0 ended before");
  }

  @Test
  void methodsThatSayTheSameAreRefusedAndSoAreTasks() throws Exception {
    TinySweep tiny = new TinySweep(folder, "");
    tiny.write("other.yaml", "method: {type: prompt, length: 4}\ntrain: {lr: 0.010}\n");
    Path sweep =
        tiny.write("m.yaml", "methods: [prompt.yaml, other.yaml]\ntasks: [sentiment.yaml]\n");
    String runs = folder.resolve("runs").toString();
    refused(
        Cli.trimtab("sweep", "plan", sweep.toString(), "--runs", runs, "--no-estimates"),
        "m.yaml: methods: other and prompt say the same");
    tiny.write("twin.yaml", Files.readString(folder.resolve("sentiment.yaml")));
    Path tasks =
        tiny.write("t.yaml", "methods: [prompt.yaml]\ntasks: [sentiment.yaml, twin.yaml]\n");
    refused(
        Cli.trimtab("sweep", "plan", tasks.toString(), "--runs", runs, "--no-estimates"),
        "t.yaml: tasks: twin and sentiment say the same");
  }

  /** The first is kept, with its own paths; what is left out is told by name. */
  @Test
  void methodsThatMeetInOneTrialShareItAndThatIsSaid() {
    TinySweep tiny = new TinySweep(folder, "");
    tiny.write("b.yaml", "method: {type: prompt}\ntrain: {lr: 1e-2}\n");
    Path sweep =
        tiny.write(
            "s.yaml",
            """
            methods: [prompt.yaml, b.yaml]
            tasks: [sentiment.yaml]
            per_method: {b: {grid: {method.length: ['4', '5']}}}
            """);
    Cli.Ran ran =
        Cli.trimtab(
            "sweep", "plan", sweep.toString(), "--runs", folder.toString(), "--no-estimates");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err())
        .isEqualTo(
            """
            1 duplicates left out
              b, method.length=4 on sentiment, seed 1, which is prompt on sentiment, seed 1
            """);
  }

  @ParameterizedTest
  @CsvSource({"prompt.yaml", "sentiment.yaml", "base.yaml"})
  void seedsOfAMethodOrATaskAreNotOverriddenInSilence(String name) throws Exception {
    TinySweep tiny = new TinySweep(folder, "seeds: [1, 2]\n");
    tiny.write("base.yaml", "train: {lr: 1e-3}\n");
    tiny.write("head-only.yaml", "extends: base.yaml\nmethod: {type: head-only}\n");
    Path file = folder.resolve(name);
    String text = Files.readString(file);
    long line = text.lines().count() + 1;
    Files.writeString(file, text + "seeds: [7, 8]\n");
    Cli.Ran ran = Cli.trimtab(tiny.command("plan", folder.resolve("runs"), "--no-estimates"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith(file + ":" + line + ":8: seeds: a sweep has seeds of its own; found ")
        .hasLineCount(1);
    Files.writeString(file, text);
    assertThat(Cli.trimtab(tiny.command("plan", folder.resolve("runs"), "--no-estimates")).out())
        .contains("4 trials");
  }

  @Test
  void aTaskWithoutResultsHasNoBaseline() throws Exception {
    TinySweep tiny =
        new TinySweep(folder, "set: {train.epochs: \"1\"}\ngrid: {train.lr: [\"1e30\"]}\n");
    Path runs = folder.resolve("runs");
    Cli.Ran ran = Cli.trimtab(tiny.command("run", runs, "--workers", "1"));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).containsPattern("majority baseline +-").doesNotContain("0.000");
    assertThat(Json.read(runs.resolve("sweep/report.json")).path("tasks").get(0).path("baseline"))
        .isEqualTo(com.fasterxml.jackson.databind.node.NullNode.getInstance());
    assertThat(ran.err()).doesNotContain("duplicates");
  }

  @Test
  void aFolderThatLooksLikeAVariableIsAFolder() throws Exception {
    Path odd = Files.createDirectories(folder.resolve("d${x}"));
    TinySweep tiny = new TinySweep(odd, "set: {train.epochs: \"1\"}\n");
    Files.writeString(
        odd.resolve("sentiment.yaml"),
        Files.readString(odd.resolve("sentiment.yaml"))
            .replace(odd.resolve("tiny").toString(), "tiny"));
    Path runs = odd.resolve("runs");
    Cli.Ran ran = Cli.trimtab(tiny.command("run", runs, "--workers", "1"));
    assertThat(ran.code()).as(ran.err()).isZero();
    Path trial = TinySweep.trials(runs).get(0);
    Cli.Ran predicted = Cli.trimtab("predict", trial.toString(), "a fine film");
    assertThat(predicted.code()).as(predicted.err()).isZero();
    assertThat(Cli.trimtab("evaluate", trial.toString()).code()).isZero();
    assertThat(Cli.trimtab("run", trial.resolve("config.yaml").toString(), "--print-config").out())
        .isEqualTo(Files.readString(trial.resolve("config.yaml")))
        .contains("d$${x}/tiny");
  }
}
