package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.json.Json;

/** Kills a real process at 22 seeded moments; what it then gives is what it would have given. */
class KillTest {
  @TempDir Path folder = Path.of("");

  @Test
  void aKilledRunGoesOnBitIdentically() throws Exception {
    killed(new TinyExperiment(folder), 5, 4);
  }

  /** A process that goes on finds none of the states that the one before it held in memory. */
  @Test
  void soDoesOneThatKeepsStatesAndBatchesByTokens() throws Exception {
    TinyExperiment tiny = new TinyExperiment(folder);
    tiny.change(
        """
        extends: %s/tasks/sentiment.yaml
        backbone: {type: huggingface, directory: tiny}
        data: {maximum_length: 40, few_shot: {examples: 96}}
        method: {type: prompt, length: 4, layer: 1, shift_positions: false}
        train: {epochs: 20, batch: 16, batch_tokens: 256, keep_states: {when: on}}
        """);
    Path trial = killed(tiny, 1, 2);
    assertThat(Files.readString(trial.resolve("metrics.jsonl"))).contains("states are kept");
  }

  /** The trial that nobody killed, beside which {@code runs} others end the same. */
  private Path killed(TinyExperiment tiny, int runs, int kills) throws Exception {
    Path undisturbed = folder.resolve("undisturbed");
    Cli.Ran whole = Cli.trimtab(tiny.run(undisturbed));
    assertThat(whole.code()).as(whole.err()).isZero();
    Path expected = TinyExperiment.trial(undisturbed);
    Random random = new Random(4);
    for (int run = 0; run < runs; run++) {
      Path own = folder.resolve("killed-" + run);
      int steps = Json.read(expected.resolve("result.json")).path("steps").asInt();
      String told = killed(tiny, own, expected.getFileName(), moments(steps, kills, random), steps);
      TinyExperiment.assertSame(expected, TinyExperiment.trial(own));
      System.out.println("killed after step " + told + "-> identical");
    }
    return expected;
  }

  /** Steps after which to kill, in equal parts of the training. */
  private static List<Moment> moments(int steps, int kills, Random random) {
    int part = steps / kills;
    assertThat(part).isGreaterThan(10);
    List<Moment> moments = new ArrayList<>();
    for (int kill = 0; kill < kills; kill++) {
      moments.add(new Moment(part * kill + 1 + random.nextInt(part - 5), random.nextBoolean()));
    }
    return moments;
  }

  /** After a step, or while the next checkpoint is written. */
  private record Moment(int step, boolean whileWriting) {}

  private String killed(TinyExperiment tiny, Path runs, Path id, List<Moment> moments, int steps)
      throws Exception {
    List<String> arguments = tiny.run(runs, "--set", "checkpoint.steps=1");
    StringBuilder told = new StringBuilder();
    for (Moment moment : moments) {
      Process process = Cli.start(folder.resolve("log"), arguments);
      await(process, runs, id, moment);
      assertThat(process.destroyForcibly().waitFor()).isEqualTo(137);
      Path trial = TinyExperiment.trial(runs);
      told.append(moment.step()).append(moment.whileWriting() ? " while writing" : "");
      told.append(" (checkpoint ").append(TinyExperiment.step(trial)).append(") ");
      assertThat(trial.resolve("result.json")).doesNotExist();
      arguments = List.of("resume", trial.toString());
    }
    Process last = Cli.start(folder.resolve("log"), arguments);
    await(last, runs, id, new Moment(steps, false));
    last.destroyForcibly().waitFor(); // what is left to do, if anything, needs no training
    assertThat(Cli.trimtab(arguments).code()).isZero();
    return told.toString();
  }

  /** Until the checkpoint of the step is there, or (while writing) the next one has begun. */
  private static void await(Process process, Path runs, Path id, Moment moment)
      throws InterruptedException {
    Path trial = runs.resolve("tiny").resolve(id);
    Path part = trial.resolve("checkpoint").resolve(".checkpoint.safetensors.tmp");
    while (process.isAlive() && TinyExperiment.step(trial) < moment.step()) {
      Thread.sleep(1);
    }
    while (process.isAlive() && moment.whileWriting() && !Files.exists(part)) {
      Thread.onSpinWait();
    }
  }
}
