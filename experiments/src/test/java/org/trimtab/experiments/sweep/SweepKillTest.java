package org.trimtab.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.experiments.runs.RunFolder;

/** Kills real processes of sweeps; what comes of it is what an undisturbed sweep gives. */
class SweepKillTest {
  private static final int KILLS = 5;

  /** Of each of the four trials. */
  private static final int STEPS = 40;

  /** Steps of all trials between two kills. */
  private static final int APART = 28;

  private static final String LONG =
      """
      seeds: [1, 2]
      set: {train.epochs: "10"}
      workers: {count: 2}
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void aSweepWhoseProcessesAreKilledEndsAsAnUndisturbedOne() throws Exception {
    TinySweep tiny = new TinySweep(folder, LONG);
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(Cli.trimtab(tiny.command("run", undisturbed)).code()).isZero();
    List<Path> expected = TinySweep.trials(undisturbed);
    assertThat(expected).hasSize(4);
    Path runs = folder.resolve("killed");
    Random random = new Random(7);
    String command = "run";
    StringBuilder kills = new StringBuilder();
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = Cli.start(folder.resolve("log"), tiny.command(command, runs));
      int moment = APART * kill + 5 + random.nextInt(APART - 10);
      boolean ofWorker = kill % 2 == 1;
      await(process, runs, expected, moment);
      if (ofWorker) {
        worker(process).ifPresent(ProcessHandle::destroyForcibly);
        await(process, runs, expected, moment + 10); // the sweep went on
      }
      assertThat(process.destroyForcibly().waitFor()).isEqualTo(137);
      kills.append(ofWorker ? " worker and sweep after " : " sweep after ").append(moment);
      command = "resume";
    }
    Cli.Ran ran = Cli.trimtab(tiny.command("resume", runs));
    assertThat(ran.code()).as(ran.err()).isZero();
    for (Path trial : expected) {
      Path found = runs.resolve("sweep").resolve("trials").resolve(trial.getFileName());
      TinyExperiment.assertSame(trial, found);
    }
    System.out.println("killed" + kills + " steps of all trials -> identical");
  }

  @Test
  void aSweepThatIsAskedToEndSavesItsTrialsFirst() throws Exception {
    TinySweep tiny = new TinySweep(folder, LONG.replace("\"10\"", "\"400\""));
    Path runs = folder.resolve("stopped");
    Path log = folder.resolve("log");
    Process process = Cli.start(log, tiny.command("run", runs, "--set", "checkpoint.steps=100000"));
    Path trials = runs.resolve("sweep/trials");
    while (process.isAlive() && running(trials) < 2) {
      Thread.sleep(2);
    }
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143); // what a shell expects after SIGTERM
    assertThat(Files.readString(log)).contains("stopped; trimtab sweep resume goes on");
    for (Path trial : TinySweep.trials(runs)) {
      assertThat(TinyExperiment.step(trial)).isPositive();
    }
  }

  /** How many trials have done a step. */
  private static long running(Path trials) throws IOException {
    if (!Files.isDirectory(trials)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(trials)) {
      return all.filter(t -> t.resolve("metrics.jsonl").toFile().length() > 0).count();
    }
  }

  private static Optional<ProcessHandle> worker(Process process) {
    return process.children().findFirst();
  }

  /** Until the trials together have done {@code steps}. */
  private static void await(Process process, Path runs, List<Path> trials, int steps)
      throws InterruptedException {
    while (process.isAlive() && steps(runs, trials) < steps) {
      Thread.sleep(2);
    }
    assertThat(process.isAlive()).as("the sweep is over before it is killed").isTrue();
  }

  private static long steps(Path runs, List<Path> trials) {
    return trials.stream()
        .map(t -> new RunFolder(runs.resolve("sweep/trials").resolve(t.getFileName())))
        .mapToLong(SweepKillTest::steps)
        .sum();
  }

  private static long steps(RunFolder trial) {
    return trial.finished() ? STEPS : TinyExperiment.step(trial.path());
  }
}
