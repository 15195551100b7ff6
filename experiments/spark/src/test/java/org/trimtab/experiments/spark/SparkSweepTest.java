package org.trimtab.experiments.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.experiments.sweep.TinySweep;

/** A sweep on a real cluster, whose executors and whose driver are killed while it runs. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SparkSweepTest {
  /** Four trials of some seconds each. */
  private static final String LONG =
      """
      seeds: [1, 2]
      set: {train.epochs: "40", data.few_shot.examples: "96", checkpoint.steps: "10"}
      workers: {count: 2, threads: 1, memory: 700, retries: 2}
      """;

  private static final int TRIALS = 4;

  /** Of 240 steps. */
  private static final int WHILE_TRAINING = 20;

  private static final Pattern BEGINS = Pattern.compile("begins (\\S+) in process (\\d+)");
  @TempDir static Path folder = Path.of("");
  private static Path sweep = Path.of("");
  private static Path undisturbed = Path.of("");
  private static @Nullable StandaloneCluster cluster;

  @BeforeAll
  static void startTheClusterAndRunTheSweepWithoutIt() throws Exception {
    Path home = Path.of(System.getProperty("trimtab.target", "target"), "cluster");
    cluster = new StandaloneCluster(Files.createDirectories(home).toAbsolutePath());
    sweep = new TinySweep(folder, LONG).file();
    undisturbed = folder.resolve("undisturbed");
    Cli.Ran ran = Cli.trimtab(sweep("run", undisturbed));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(trials(undisturbed)).hasSize(TRIALS);
  }

  @AfterAll
  static void endTheCluster() {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static List<String> sweep(String command, Path runs, String... more) {
    return Stream.concat(
            Stream.of("sweep", command, sweep.toString(), "--runs", runs.toString()),
            Stream.of(more))
        .toList();
  }

  private static String address() {
    if (cluster == null) {
      throw new IllegalStateException("no cluster");
    }
    return cluster.address();
  }

  @Test
  void aSweepWhoseExecutorIsKilledGivesWhatAnUndisturbedOneGives() throws Exception {
    Path runs = folder.resolve("executor");
    CompletableFuture<Cli.Ran> running =
        CompletableFuture.supplyAsync(
            () -> Cli.trimtab(sweep("run", runs, "--cluster", address())));
    await(() -> running.isDone() || training(runs).isPresent());
    assertThat(running).isNotDone();
    Path killed = training(runs).orElseThrow();
    kill(pids(runs, killed).get(0));
    Cli.Ran ran = running.get();
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("its executor was lost", "it is tried again")
        .doesNotContain("WARN", "\tat ");
    assertThat(pids(runs, killed)).hasSize(2);
    assertSame(runs);
    assertOneTrialAtATime(runs);
  }

  @Test
  void aSweepWhoseDriverEndsGoesOn() throws Exception {
    Path runs = folder.resolve("driver");
    Path log = folder.resolve("driver.log");
    Process asked =
        Cli.start(
            log, sweep("run", runs, "--cluster", address(), "--set", "checkpoint={seconds: 3600}"));
    await(() -> !asked.isAlive() || begun(runs) > 0);
    Thread.sleep(500);
    asked.destroy();
    asked.waitFor();
    assertThat(log)
        .content()
        .contains("stopped; trimtab sweep resume goes on")
        .doesNotContain("WARN", "log4j", "\tat ");
    assertThat(trials(runs)).anyMatch(trial -> TinyExperiment.step(trial) > 0);
    Process killed = Cli.start(log, sweep("resume", runs, "--cluster", address()));
    await(() -> !killed.isAlive() || training(runs).isPresent());
    killed.destroyForcibly().waitFor();
    Cli.Ran ran = Cli.trimtab(sweep("resume", runs, "--cluster", address()));
    assertThat(ran.code()).as(ran.err()).isZero();
    assertSame(runs);
    assertOneTrialAtATime(runs);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      Thread.sleep(20);
    }
  }

  private static List<Path> trials(Path runs) {
    return files(runs.resolve("sweep/trials"));
  }

  private static List<Path> files(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A trial in the middle of its training. */
  private static Optional<Path> training(Path runs) {
    return trials(runs).stream()
        .filter(trial -> !Files.exists(trial.resolve("result.json")))
        .filter(trial -> TinyExperiment.step(trial) >= WHILE_TRAINING)
        .findFirst();
  }

  /** What each executor's log says of trials, in its order. */
  private static List<List<String>> logs(Path runs) {
    List<List<String>> logs = new ArrayList<>();
    for (Path file : files(runs.resolve("sweep/logs"))) {
      if (file.getFileName().toString().startsWith("spark-app-")) {
        try (Stream<String> lines = Files.lines(file)) {
          logs.add(lines.filter(line -> line.contains("ExecutorTrials: ")).toList());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return logs;
  }

  private static long begun(Path runs) {
    return logs(runs).stream().flatMap(List::stream).count();
  }

  /** The processes that have run {@code trial}. */
  private static List<Long> pids(Path runs, Path trial) {
    String id = trial.getFileName().toString();
    return logs(runs).stream()
        .flatMap(List::stream)
        .map(BEGINS::matcher)
        .filter(begins -> begins.find() && begins.group(1).equals(id))
        .map(begins -> Long.valueOf(begins.group(2)))
        .toList();
  }

  private static void kill(long pid) {
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  private static void assertSame(Path runs) throws IOException {
    for (Path expected : trials(undisturbed)) {
      Path found = runs.resolve("sweep/trials").resolve(expected.getFileName());
      TinyExperiment.assertSame(expected, found);
    }
  }

  private static void assertOneTrialAtATime(Path runs) {
    assertThat(logs(runs)).hasSizeGreaterThanOrEqualTo(2);
    for (List<String> lines : logs(runs)) {
      for (int i = 0; i < lines.size(); i++) {
        assertThat(lines.get(i)).contains(i % 2 == 0 ? "begins " : "ended ");
      }
    }
  }
}
