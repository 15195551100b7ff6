package org.trimtab.experiments.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;

/** Trials that keep states, in batches of as many tokens, whoever else uses the same file. */
class SharedStatesTest {
  private static final String KEPT =
      """
      seeds: [1, 2]
      set: {train.keep_states.when: "on", train.batch_tokens: "256", train.epochs: "2"}
      """;

  @TempDir Path folder = Path.of("");

  @Test
  void oneWorkerAndTwoGiveTheSameBytes() throws Exception {
    TinySweep tiny = new TinySweep(folder, KEPT);
    tiny.write(
        "prompt.yaml",
        """
        method: {type: prompt, length: 4, layer: 1, shift_positions: false}
        train: {lr: 1e-2}
        """);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    for (Path runs : List.of(one, two)) {
      String workers = runs.equals(one) ? "1" : "2";
      Cli.Ran ran = Cli.trimtab(tiny.command("run", runs, "--workers", workers));
      assertThat(ran.code()).as(ran.err()).isZero();
    }
    List<Path> trials = TinySweep.trials(one);
    assertThat(trials).hasSize(4);
    for (Path trial : trials) {
      TinyExperiment.assertSame(
          trial, two.resolve("sweep").resolve("trials").resolve(trial.getFileName()));
      assertThat(Files.readString(trial.resolve("metrics.jsonl"))).contains("states are kept");
    }
  }
}
