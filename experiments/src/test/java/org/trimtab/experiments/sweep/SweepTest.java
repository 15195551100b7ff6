package org.trimtab.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trimtab.experiments.Cli;
import org.trimtab.json.Json;

/** Sweeps through the command line, with real worker processes. */
class SweepTest {
  @TempDir Path folder = Path.of("");

  @Test
  void everyTrialRunsOnceAndIsReported() throws Exception {
    TinySweep tiny = new TinySweep(folder, "seeds: [1, 2]\nworkers: {count: 2}\n");
    Path runs = folder.resolve("runs");
    Cli.Ran ran = Cli.trimtab(tiny.command("run", runs));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("[4/4] ").contains("all trials ended after ");
    assertThat(ran.out()).contains("head-only").contains("majority baseline").contains("0.500");
    List<FileTime> written = times(runs);
    Cli.Ran again = Cli.trimtab(tiny.command("run", runs));
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("4 of 4 trials ended before");
    assertThat(times(runs)).isEqualTo(written);
    assertThat(Cli.trimtab(tiny.command("status", runs)).out())
        .contains("prompt on sentiment, seed 2");
    requireReport(Json.read(runs.resolve("sweep/report.json")));
    assertThat(Files.readString(runs.resolve("sweep/report.md"))).contains("## Against head-only");
    assertThat(Files.readAllLines(runs.resolve("sweep/trials.csv"))).hasSize(5);
    assertThat(Files.readString(runs.resolve("sweep/report.tex"))).contains("\\begin{tabular}");
  }

  private static void requireReport(JsonNode report) {
    assertThat(report.path("rows")).hasSize(2);
    JsonNode prompt = report.path("rows").get(1).path("cells").get(0);
    assertThat(prompt.path("score").path("n").asInt()).isEqualTo(2);
    double first = prompt.path("scores").get(0).path("score").asDouble();
    double second = prompt.path("scores").get(1).path("score").asDouble();
    assertThat(prompt.path("score").path("mean").asDouble()).isEqualTo((first + second) / 2);
    assertThat(prompt.path("comparison").path("mcnemar")).hasSize(2);
    assertThat(prompt.path("comparison").path("adjusted").asDouble()).isBetween(0.0, 1.0);
    assertThat(report.path("trials").get(0).path("loss")).isNotEmpty();
    assertThat(report.path("provenance").path("java_version")).isNotEmpty();
  }

  private static List<FileTime> times(Path runs) throws Exception {
    List<FileTime> times = new ArrayList<>();
    for (Path trial : TinySweep.trials(runs)) {
      times.add(Files.getLastModifiedTime(trial.resolve("result.json")));
    }
    return times;
  }

  @Test
  void aPlanListsEachTrialOnceWithWhatItTakes() {
    TinySweep tiny = new TinySweep(folder, "grid: {train.lr: [\"1e-2\", \"0.01\", \"1e-3\"]}\n");
    Cli.Ran ran = Cli.trimtab(tiny.command("plan", folder.resolve("runs"), "--workers", "1"));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("4 trials, 0 ended before, 4 to run; 2 duplicates left out")
        .contains("estimated time: ")
        .containsPattern("to run +98 .* prompt, train.lr=1e-3 on sentiment, seed 1");
    assertThat(folder.resolve("runs/sweep/trials")).isEmptyDirectory();
  }

  @Test
  void aTrialThatDivergesIsAResult() {
    TinySweep tiny = new TinySweep(folder, "grid: {train.lr: [\"1e-2\", \"1e30\"]}\n");
    Cli.Ran ran = Cli.trimtab(tiny.command("run", folder.resolve("runs"), "--workers", "2"));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("diverged: the ");
    assertThat(ran.out()).contains("1 diverged");
    Cli.Ran again = Cli.trimtab(tiny.command("retry-failed", folder.resolve("runs")));
    assertThat(again.err()).contains("0 failed trials are tried again");
  }

  @Test
  void aChangedSweepIsRefusedWithWhatDiffers() {
    TinySweep tiny = new TinySweep(folder, "set: {train.epochs: \"1\"}\n");
    Path runs = folder.resolve("runs");
    assertThat(Cli.trimtab(tiny.command("run", runs, "--workers", "1")).code()).isZero();
    tiny.change("set: {train.epochs: \"2\"}\nseeds: [1, 2]\n");
    Cli.Ran refused = Cli.trimtab(tiny.command("run", runs, "--workers", "1"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("the sweep has changed since it was begun")
        .contains("  train.epochs: 1 -> 2 (head-only on sentiment, seed 1 and 1 more)")
        .contains("  added (head-only on sentiment, seed 2 and 1 more)");
    Cli.Ran accepted = Cli.trimtab(tiny.command("run", runs, "--workers", "1", "--accept-changes"));
    assertThat(accepted.code()).as(accepted.err()).isZero();
    assertThat(accepted.out()).contains("±");
  }

  @Test
  void whatDoesNotFitIsToldAndTheOthersRun() {
    TinySweep tiny =
        new TinySweep(folder, "per_method: {prompt: {grid: {method.length: [\"4\", \"60\"]}}}\n");
    Path runs = folder.resolve("runs");
    Cli.Ran ran = Cli.trimtab(tiny.command("run", runs, "--workers", "1"));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err())
        .contains("[3/3] prompt, method.length=60 on sentiment, seed 1: refused: ")
        .doesNotContain("\tat ");
    assertThat(ran.out()).contains("1 failed");
    Cli.Ran plan = Cli.trimtab(tiny.command("plan", runs, "--workers", "1"));
    assertThat(plan.code()).isEqualTo(2);
    assertThat(plan.err()).contains("prompt, method.length=60: ");
  }

  @Test
  void aProcessThatTakesTooMuchMemoryIsEndedAndNotTriedAgain() {
    TinySweep tiny =
        new TinySweep(folder, "set: {train.epochs: \"100000\"}\nworkers: {count: 1, memory: 60}\n");
    Cli.Ran ran = Cli.trimtab(tiny.command("run", folder.resolve("runs")));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains(" MiB; workers.memory allows 60").doesNotContain("tried again");
  }

  @Test
  void mistakesAreOneClearLine() {
    TinySweep tiny = new TinySweep(folder, "grid: {train.lrr: [\"1\"]}\n");
    Path runs = folder.resolve("runs");
    assertThat(Cli.trimtab(tiny.command("plan", runs)).err())
        .contains("sweep.yaml: train.lrr=1: train.lrr: unknown key; allowed ")
        .contains("did you mean 'lr'?");
    tiny.change("reference: lora\n");
    refuse(tiny, runs, "sweep.yaml:3:12: reference: no such method; found lora; allowed head-only");
    tiny.change("seeds: []\n");
    refuse(tiny, runs, "sweep.yaml:3:8: seeds: must name at least one");
    tiny.change("search: {trials: 2, seed: 1, space: {train.lr: {type: normal}}}\n");
    refuse(tiny, runs, "unknown; found normal; allowed uniform, log-uniform, integer, choice");
    tiny.change("halving: {epochs: 1, factor: 1}\n");
    refuse(tiny, runs, "halving.factor: not allowed; found 1; allowed a number from 2 to 100");
    tiny.change("halving: {epochs: 1, factor: 4}\ngrid: {train.lr: [\"1e-2\", \"1e-3\"]}\n");
    refuse(tiny, runs, "sweep.yaml: halving: found 2 points of a method for 4 epochs");
    tiny.change("halving: {epochs: 1, factor: 2}\nset: {train.evaluation.every_steps: \"3\"}\n");
    refuse(
        tiny, runs, "halving: decides at the ends of epochs; found train.evaluation.every_steps");
    tiny.change("grid: {train.lr: [\"1e-2\", \"1e-3\"]}\n");
    assertThat(Cli.trimtab(tiny.command("plan", runs, "--set", "train.lr=1")).err())
        .contains("--set train.lr=1: the sweep itself varies train.lr");
    tiny.change("");
    assertThat(Cli.trimtab(tiny.command("resume", runs)).err())
        .contains("no sweep was begun here; trimtab sweep run FILE begins one");
    assertThat(Cli.trimtab(tiny.command("run", runs, "--cluster", "mesos://x")).err())
        .contains("--cluster: no such kind of cluster; found mesos://x");
    assertThat(Cli.trimtab(tiny.command("run", runs, "--workers", "0")).code()).isEqualTo(2);
    assertThat(Cli.trimtab("sweep", "run", folder.resolve("none.yaml").toString()).err())
        .contains("none.yaml: there is no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set: {train.evaluation.rows: \"9\"}",
        "grid: {train.evaluation.rows: [\"9\"]}",
        "per_method: {prompt: {set: {train.evaluation.rows: \"9\"}}}",
        "per_method: {prompt: {grid: {train.evaluation.rows: [\"9\"]}}}",
      })
  void aKeyThatWasRenamedIsRefusedWithItsNewName(String line) {
    TinySweep tiny = new TinySweep(folder, line + "\n");
    refuse(
        tiny,
        folder.resolve("runs"),
        "sweep.yaml: train.evaluation.rows=9: train.evaluation.rows: unknown key; allowed"
            + " every_steps, examples, batch, batch_tokens; did you mean 'examples'?");
  }

  private static void refuse(TinySweep tiny, Path runs, String message) {
    Cli.Ran ran = Cli.trimtab(tiny.command("run", runs));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(message).doesNotContain("\tat ");
  }

  @Test
  void lostTrialsAndFailedOnesRunAgainWhenAsked() {
    TinySweep tiny = new TinySweep(folder, "set: {train.epochs: \"1\"}\n");
    Path runs = folder.resolve("runs");
    assertThat(Cli.trimtab(tiny.command("run", runs, "--workers", "1")).code()).isZero();
    Path trial = TinySweep.trials(runs).get(0);
    assertThat(trial.resolve("result.json").toFile().delete()).isTrue();
    failed(trial, "failed");
    Cli.Ran stays = Cli.trimtab(tiny.command("run", runs, "--workers", "1"));
    assertThat(stays.code()).isEqualTo(1);
    assertThat(trial.resolve("result.json")).doesNotExist();
    Cli.Ran again = Cli.trimtab(tiny.command("retry-failed", runs, "--workers", "1"));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(again.err()).contains("1 failed trials are tried again");
    assertThat(trial.resolve("failure.json")).doesNotExist();
    assertThat(trial.resolve("result.json").toFile().delete()).isTrue();
    failed(trial, "lost");
    assertThat(Cli.trimtab(tiny.command("resume", runs, "--workers", "1")).code()).isZero();
    assertThat(trial.resolve("result.json")).exists();
  }

  private static void failed(Path trial, String status) {
    org.trimtab.base.AtomicFile.writeText(
        trial.resolve("failure.json"),
        "{\"status\": \"%s\", \"message\": \"for a test\"}".formatted(status));
  }
}
