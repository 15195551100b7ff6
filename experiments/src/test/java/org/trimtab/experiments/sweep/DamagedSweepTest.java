package org.trimtab.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;

/** A sweep's records that are damaged, and one that has no score to decide by. */
class DamagedSweepTest {
  private static final List<String> DAMAGED = List.of("", "{}", "null", "[]", "{\"status\"", "7");
  @TempDir Path folder = Path.of("");
  private Path runs = Path.of("");

  private TinySweep swept() {
    TinySweep tiny = new TinySweep(folder, "set: {train.epochs: \"1\"}\n");
    runs = folder.resolve("runs");
    assertThat(Cli.trimtab(tiny.command("run", runs, "--workers", "1")).code()).isZero();
    return tiny;
  }

  private static void refused(Cli.Ran ran, Path file, String remedy) {
    assertThat(ran.err().lines().filter(line -> line.contains(file + ":")))
        .as(ran.err())
        .singleElement()
        .asString()
        .endsWith(remedy);
    assertThat(ran.err()).doesNotContain("\tat ");
    assertThat(ran.code()).isEqualTo(2);
  }

  private void refusedEverywhere(TinySweep tiny, Path file, String remedy) throws IOException {
    byte[] whole = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    for (String text : DAMAGED) {
      Files.writeString(file, text);
      for (String command : List.of("run", "resume", "retry-failed", "status", "report")) {
        refused(Cli.trimtab(tiny.command(command, runs)), file, remedy);
      }
    }
    Files.write(file, whole);
  }

  @Test
  void eachIsNamedByEveryCommandWithWhatToDo() throws IOException {
    TinySweep tiny = swept();
    Path trial = TinySweep.trials(runs).get(0);
    refusedEverywhere(tiny, trial.resolve("result.json"), "; remove the file to run it again");
    refusedEverywhere(
        tiny,
        runs.resolve("sweep/plan.json"),
        "; remove the file: trimtab sweep run writes it again, and trials that have ended stay");
    Path failure = trial.resolve("failure.json");
    Path result = trial.resolve("result.json");
    String whole = Files.readString(result);
    Files.delete(result);
    refusedEverywhere(tiny, failure, "; remove the file to try the trial again");
    Files.writeString(failure, "{\"status\": \"finished\", \"message\": \"\"}");
    refused(
        Cli.trimtab(tiny.command("status", runs)),
        failure,
        "failure.json: status: found \"finished\"; allowed diverged, refused, failed, lost; remove"
            + " the file to try the trial again");
    Files.delete(failure);
    Files.writeString(result, whole.replaceFirst("\"(finished|collapsed)\"", "\"failed\""));
    refused(
        Cli.trimtab(tiny.command("status", runs)),
        result,
        "status: found \"failed\"; allowed finished, collapsed; its trial doesn't count as"
            + " finished; remove the file to run it again");
    Files.writeString(result, whole);
    for (String text : List.of("", Files.readAllLines(trial.resolve("predictions.jsonl")).get(0))) {
      Files.writeString(trial.resolve("predictions.jsonl"), text);
      refused(
          Cli.trimtab(tiny.command("report", runs)),
          trial.resolve("predictions.jsonl"),
          "; remove the trial's result.json to run it again");
    }
    Files.delete(result);
    assertThat(Cli.trimtab(tiny.command("run", runs, "--workers", "1")).code()).isZero();
    assertThat(result).exists();
  }

  /** Pearson's correlation is undefined where all gold values are one. */
  @Test
  void aHalvingWithoutAScoreIsNoSuccess() throws IOException {
    TinySweep tiny = new TinySweep(folder, "");
    String rows = "text\tscore\n" + "a film\t1\na fine film\t2\nno film\t3\n".repeat(8);
    Files.writeString(folder.resolve("train.tsv"), rows);
    Files.writeString(folder.resolve("dev.tsv"), "text\tscore\na film\t2\nno film\t2\n");
    tiny.write(
        "flat.yaml",
        """
        backbone: {type: huggingface, directory: tiny}
        data: {maximum_length: 40}
        task: {type: tsv, name: flat, directory: ., range: {min: 0, max: 5}, metrics: [pearson],
          main_metric: pearson, train: {file: train.tsv, header: true, text: text, label: score},
          dev: {file: dev.tsv, header: true, text: text, label: score}}
        train: {epochs: 2, batch: 16}
        """);
    Path sweep =
        tiny.write(
            "halving.yaml",
            """
            methods: [head-only.yaml]
            tasks: [flat.yaml]
            grid: {train.lr: ["1e-3", "1e-4"]}
            halving: {epochs: 1, factor: 2}
            """);
    Cli.Ran ran =
        Cli.trimtab(
            "sweep", "run", sweep.toString(), "--runs", folder.toString(), "--workers", "1");
    assertThat(ran.err())
        .contains("head-only/flat/1: no trial has a score when halving decides")
        .doesNotContain("\tat ");
    assertThat(ran.code()).isEqualTo(1);
  }
}
