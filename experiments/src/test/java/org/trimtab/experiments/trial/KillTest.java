package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;

/** Kills a real process at 20 seeded moments; what it then gives is what it would have given. */
class KillTest {
  private static final int RUNS = 5;
  private static final int KILLS = 4;
  private static final int STEPS = 120;
  @TempDir Path folder = Path.of("");

  @Test
  void aKilledRunGoesOnBitIdentically() throws Exception {
    TinyExperiment tiny = new TinyExperiment(folder);
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(Cli.trimtab(tiny.run(undisturbed)).code()).isZero();
    Path expected = TinyExperiment.trial(undisturbed);
    Random random = new Random(4);
    for (int run = 0; run < RUNS; run++) {
      Path runs = folder.resolve("killed-" + run);
      List<String> arguments = tiny.run(runs, "--set", "checkpoint.steps=1");
      StringBuilder kills = new StringBuilder();
      for (int kill = 0; kill < KILLS; kill++) {
        int from = STEPS * kill / KILLS;
        int moment = from + 1 + random.nextInt(STEPS / KILLS - 5);
        boolean whileWriting = random.nextBoolean();
        Process process = Cli.start(folder.resolve("log"), arguments);
        await(process, runs, expected.getFileName(), moment, whileWriting);
        assertThat(process.destroyForcibly().waitFor()).isEqualTo(137);
        Path trial = TinyExperiment.trial(runs);
        kills.append(
            String.format(
                "%d%s (checkpoint %d) ",
                moment, whileWriting ? " while writing" : "", TinyExperiment.step(trial)));
        assertThat(trial.resolve("result.json")).doesNotExist();
        arguments = List.of("resume", trial.toString());
      }
      Process last = Cli.start(folder.resolve("log"), arguments);
      await(last, runs, expected.getFileName(), STEPS, false);
      last.destroyForcibly().waitFor(); // what is left to do, if anything, needs no training
      assertThat(Cli.trimtab(arguments).code()).isZero();
      TinyExperiment.assertSame(expected, TinyExperiment.trial(runs));
      System.out.println("killed after step " + kills + "-> identical");
    }
  }

  /** Until the checkpoint of {@code step} is there, or (while writing) the next one has begun. */
  private static void await(Process process, Path runs, Path id, int step, boolean whileWriting)
      throws InterruptedException {
    Path trial = runs.resolve("tiny").resolve(id);
    Path part = trial.resolve("checkpoint").resolve(".checkpoint.safetensors.tmp");
    while (process.isAlive() && TinyExperiment.step(trial) < step) {
      Thread.sleep(1);
    }
    while (process.isAlive() && whileWriting && !Files.exists(part)) {
      Thread.onSpinWait();
    }
  }
}
