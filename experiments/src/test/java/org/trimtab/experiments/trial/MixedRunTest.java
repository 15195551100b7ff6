package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.trimtab.experiments.Cli.trimtab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.engine.Processor;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.json.Json;

/** Runs in bf16-mixed on a processor without units for it. */
class MixedRunTest {
  private static final String ONE_EPOCH = "train.epochs=1";
  @TempDir Path folder = Path.of("");
  private Path runs = Path.of("");
  private TinyExperiment tiny = new TinyExperiment(Path.of("target/tiny"));

  @BeforeEach
  void experiment() {
    assumeThat(Processor.ofMachine().hasBf16Units()).isFalse();
    tiny = new TinyExperiment(folder);
    runs = folder.resolve("runs");
  }

  private Cli.Ran run(String precision) {
    return trimtab(tiny.run(runs, "--set", ONE_EPOCH, "--set", "backbone.precision=" + precision));
  }

  private static void refused(Cli.Ran ran, String words) {
    assertThat(ran.err()).contains(words).doesNotContain("\tat ");
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void itIsRefusedByNameOrFallsBackWhereAsked() throws IOException {
    refused(
        run("bf16-mixed"),
        "--set backbone.precision=bf16-mixed: backbone.precision: this processor has no units for"
            + " it (AMX_BF16, AVX512_BF16); found bf16-mixed; allowed fp32, ");
    assertThat(runs).doesNotExist();
    Cli.Ran fallen = run("bf16-mixed-or-fp32");
    assertThat(fallen.code()).isZero();
    assertThat(fallen.out() + fallen.err())
        .contains("this processor has no units for bf16-mixed; computed in fp32");
    Path trial = TinyExperiment.trial(runs);
    assertThat(Json.read(trial.resolve("provenance.json")).path("precision").asText())
        .isEqualTo("FP32");
    assertThat(run("fp32").out()).startsWith("finished before");
    aModelOfAnotherPrecisionIsToldApart(trial);
  }

  private static void aModelOfAnotherPrecisionIsToldApart(Path trial) throws IOException {
    Path origin = trial.resolve("adapter/trimtab.json");
    String text = Files.readString(origin);
    String saved = "\"backbone.precision\" : \"fp32\"";
    assertThat(text).contains(saved);
    Files.writeString(origin, text.replace(saved, saved.replace("fp32", "bf16-mixed")));
    Cli.Ran predicted = trimtab("predict", trial.toString(), "a fine film");
    assertThat(predicted.err())
        .isEqualTo(
            "warning: the model was trained in bf16-mixed, and is computed in fp32"
                + System.lineSeparator());
    assertThat(predicted.code()).isZero();
    refused(
        trimtab(
            "predict", trial.toString(), "--set", "backbone.precision=bf16-mixed", "a fine film"),
        "backbone.precision: this processor has no units for it");
    refused(
        trimtab("predict", trial.toString(), "--set", "backbone.precision=fp64", "a fine film"),
        "backbone.precision: bf16-mixed -> fp64");
  }
}
