package org.trimtab.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.experiments.Cli;
import org.trimtab.json.Json;

/** Of an error lower is better: in what a run keeps, in a halving, and in a report. */
class ErrorMetricTest {
  private static final String TASK =
      """
      backbone: {type: huggingface, directory: %s}
      data: {maximum_length: 24}
      head: {type: linear, dropout: 0}
      task:
        type: tsv
        name: grades
        directory: %s
        train: {file: train.tsv, header: true, text: text, label: grade}
        dev: {file: dev.tsv, header: true, text: text, label: grade}
        range: {min: 0, max: 5}
        metrics: [mse]
        main_metric: mse
      train: {epochs: 4, batch: 8, lr: 1e-2}
      """;
  @TempDir Path folder = Path.of("");

  /** Grades that do not depend on the text, around 3. */
  private TinySweep sweep(String more) throws IOException {
    TinySweep sweep = new TinySweep(folder, more);
    grades("train", 24);
    grades("dev", 16);
    sweep.write("sentiment.yaml", TASK.formatted(folder.resolve("tiny"), folder));
    sweep.write("head-only.yaml", "method: {type: head-only}\ntrain: {lr: 1e-6}\n");
    return sweep;
  }

  private void grades(String split, int rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("text\tgrade"));
    IntStream.range(0, rows).forEach(i -> lines.add("film number " + i + "\t3." + i % 10));
    Files.write(folder.resolve(split + ".tsv"), lines);
  }

  @Test
  void theReportCallsTheLowerErrorBetter() throws IOException {
    Path runs = folder.resolve("runs");
    Cli.Ran ran = Cli.trimtab(sweep("seeds: [1, 2]\n").command("run", runs, "--workers", "1"));
    assertThat(ran.code()).as(ran.err()).isZero();
    JsonNode report = Json.read(runs.resolve("sweep/report.json"));
    assertThat(report.at("/tasks/0/rate").asBoolean()).isFalse();
    assertThat(report.at("/tasks/0/better").asText()).isEqualTo("lower");
    JsonNode reference = report.at("/rows/0/cells/0");
    JsonNode prompt = report.at("/rows/1/cells/0");
    assertThat(prompt.at("/score/mean").asDouble())
        .isLessThan(reference.at("/score/mean").asDouble());
    assertThat(prompt.at("/comparison/difference").asDouble()).isNegative();
    assertThat(prompt.at("/comparison/mark").asText()).isEqualTo("better");
    assertThat(Files.readString(runs.resolve("sweep/report.md")))
        .contains("mse (lower is better)")
        .containsPattern("\\| prompt \\| [^|]*\\] \\+ \\|");
    for (Path trial : TinySweep.trials(runs)) {
      keepsTheLowest(trial);
    }
  }

  private static void keepsTheLowest(Path trial) throws IOException {
    double lowest =
        Files.readAllLines(trial.resolve("metrics.jsonl")).stream()
            .map(line -> Json.parse(line, "metrics.jsonl"))
            .map(line -> line.path("metrics").path("mse"))
            .filter(JsonNode::isNumber)
            .mapToDouble(JsonNode::asDouble)
            .min()
            .orElseThrow();
    double kept = Json.read(trial.resolve("result.json")).at("/metrics/mse").asDouble();
    assertThat(kept).isCloseTo(lowest, within(1e-6));
  }

  @Test
  void aHalvingTrainsTheLowestErrorToItsEnd() throws IOException {
    TinySweep sweep = sweep("");
    sweep.write(
        "sweep.yaml",
        """
        methods: [prompt.yaml]
        tasks: [sentiment.yaml]
        grid: {train.lr: [1e-6, 1e-2, 1e-5]}
        halving: {epochs: 2, factor: 3}
        """);
    Path runs = folder.resolve("runs");
    Cli.Ran ran = Cli.trimtab(sweep.command("run", runs, "--workers", "1"));
    assertThat(ran.code()).as(ran.err()).isZero();
    JsonNode trials = Json.read(runs.resolve("sweep/report.json")).path("trials");
    List<String> whole =
        StreamSupport.stream(trials.spliterator(), false)
            .filter(trial -> !trial.path("status").asText().equals("halted"))
            .map(trial -> trial.at("/settings/train.lr").asText())
            .toList();
    assertThat(whole).containsExactly("1e-2");
  }

  @Test
  void aReportKnowsRatesAndUndefinedBaselines() throws IOException {
    TinySweep sweep = sweep("set: {task.metrics: '[pearson, mse]', task.main_metric: pearson}\n");
    Path runs = folder.resolve("runs");
    Cli.Ran ran = Cli.trimtab(sweep.command("run", runs, "--workers", "1"));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).containsPattern("majority baseline +undefined");
    JsonNode task = Json.read(runs.resolve("sweep/report.json")).at("/tasks/0");
    assertThat(task.path("rate").asBoolean()).isTrue();
    assertThat(task.path("baseline").isNull()).isTrue();
    assertThat(Files.readString(runs.resolve("sweep/report.md")))
        .contains("| majority baseline | undefined |");
    assertThat(Files.readString(runs.resolve("sweep/report.tex")))
        .contains("majority baseline & undefined &");
    Path trial = TinySweep.trials(runs).get(0);
    assertThat(Json.read(trial.resolve("result.json")).path("baseline").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "halving: {epochs: 1, factor: 2}\n"})
  void trialsOfATaskThatCountDifferentMetricsAreRefused(String halving) throws IOException {
    TinySweep sweep =
        sweep(
            "set: {task.metrics: '[mse, pearson]'}\ngrid: {task.main_metric: [mse, pearson]}\n"
                + halving);
    Path runs = folder.resolve("runs");
    Cli.Ran ran = Cli.trimtab(sweep.command("run", runs, "--workers", "1"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "sweep.yaml: task.main_metric: the trials of a task are compared by one metric; found"
                + " mse (head-only, task.main_metric=mse on sentiment, seed 1), pearson")
        .hasLineCount(1);
  }

  @Test
  void aMeanOfAnErrorAndACorrelationIsRefused() throws IOException {
    TinySweep sweep = sweep("");
    Cli.Ran ran =
        Cli.trimtab(
            List.of(
                "run",
                sweep.write("one.yaml", "extends: sentiment.yaml\n").toString(),
                folder.resolve("head-only.yaml").toString(),
                "--set",
                "task.metrics=[mse, pearson-and-mse]"));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains("task.metrics[1]")
        .contains(
            "no mean: of one of them higher values are better, of the other lower ones; found"
                + " pearson-and-mse");
  }
}
