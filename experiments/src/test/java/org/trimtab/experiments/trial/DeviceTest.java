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
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.json.Json;
import org.trimtab.tensor.djl.DjlTensors;

/** What computes, on a machine without an accelerator. */
class DeviceTest {
  @TempDir Path folder = Path.of("");
  private Path runs = Path.of("");
  private TinyExperiment tiny = new TinyExperiment(Path.of("target/tiny"));

  @BeforeEach
  void experiment() {
    assumeThat(DjlTensors.hardware().accelerators().getAsInt()).isZero();
    tiny = new TinyExperiment(folder);
    runs = folder.resolve("runs");
  }

  private static void refused(Cli.Ran ran, String words) {
    assertThat(ran.err()).contains(words).doesNotContain("\tat ");
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.code()).isEqualTo(2);
  }

  @Test
  void anAcceleratorThatIsNotThereIsRefusedWhereItIsNamed() throws IOException {
    Files.writeString(
        tiny.file(),
        Files.readString(tiny.file())
            .replace("{type: huggingface,", "{device: cuda:1, type: huggingface,"));
    refused(
        trimtab(tiny.run(runs)),
        tiny.file() + ":2:20: backbone.device: the engine finds no accelerator, ");
    refused(trimtab(tiny.run(runs, "--dry-run")), "; found cuda:1; allowed cpu, auto");
    assertThat(runs).doesNotExist();
    refused(
        trimtab(tiny.run(runs, "--set", "backbone.device=gpu")),
        "backbone.device: not allowed; found gpu; allowed cpu, auto, cuda, cuda:N");
  }

  @Test
  void autoIsTheProcessorAndTheSameTrial() throws IOException {
    assertThat(trimtab(tiny.run(runs, "--set", "train.epochs=1")).code()).isZero();
    Path trial = TinyExperiment.trial(runs);
    Cli.Ran again =
        trimtab(tiny.run(runs, "--set", "train.epochs=1", "--set", "backbone.device=auto"));
    assertThat(again.out()).startsWith("finished before");
    assertThat(Json.read(trial.resolve("provenance.json")).path("device").asText())
        .isEqualTo("cpu");
    assertThat(Files.readString(trial.resolve("config.yaml"))).contains("device: cpu");
  }

  @Test
  void aModelThatAnAcceleratorTrainedIsLoadedWithoutOne() throws IOException {
    assertThat(trimtab(tiny.run(runs, "--set", "train.epochs=1")).code()).isZero();
    Path trial = TinyExperiment.trial(runs);
    Path origin = trial.resolve("adapter/trimtab.json");
    String text = Files.readString(origin);
    assertThat(text).contains("\"backbone.device\" : \"cpu\"");
    Cli.Ran before = trimtab("predict", trial.toString(), "a fine film");
    Files.writeString(
        origin, text.replace("\"backbone.device\" : \"cpu\"", "\"backbone.device\" : \"cuda\""));
    Cli.Ran predicted = trimtab("predict", trial.toString(), "a fine film");
    assertThat(predicted.err()).isEmpty();
    assertThat(predicted.out()).isEqualTo(before.out()).isNotEmpty();
    assertThat(trimtab("evaluate", trial.toString(), "--set", "backbone.device=cpu").code())
        .isZero();
    refused(
        trimtab("predict", trial.toString(), "--set", "backbone.device=cuda", "a fine film"),
        "backbone.device: the engine finds no accelerator, ");
  }
}
