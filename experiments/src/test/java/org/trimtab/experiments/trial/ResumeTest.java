package org.trimtab.experiments.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;
import org.trimtab.experiments.runs.PredictionFile;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.json.Json;
import org.trimtab.methods.residualprompt.ResidualPrompt;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tuning.SavedUse;

/** Interrupted runs, and those that may not go on. */
class ResumeTest {
  @TempDir Path folder = Path.of("");
  private Path runs = Path.of("");
  private TinyExperiment tiny = new TinyExperiment(Path.of("target/tiny"));

  @BeforeEach
  void experiment() {
    tiny = new TinyExperiment(folder);
    runs = folder.resolve("runs");
  }

  private static void refused(Cli.Ran ran, String... words) {
    assertThat(ran.err()).contains(words).doesNotContain("\tat ");
    assertThat(ran.code()).isEqualTo(2);
  }

  /** Starts a run and ends it with SIGTERM, as Ctrl-C would with SIGINT. */
  private Path interrupted() throws Exception {
    Path log = folder.resolve("log");
    Process process = Cli.start(log, tiny.run(runs, "--set", "train.epochs=2000"));
    while (process.isAlive() && !Files.readString(log).contains("step 1/")) {
      Thread.sleep(5);
    }
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(log))
        .contains(
            "stopped after step", "trimtab resume " + TinyExperiment.trial(runs) + " goes on");
    return TinyExperiment.trial(runs);
  }

  @Test
  void whatHasChangedIsRefusedWithADifferenceUnlessAskedForByName() throws Exception {
    Path trial = interrupted();
    Path config = trial.resolve("config.yaml");
    String text = Files.readString(config);
    long epochs = (TinyExperiment.step(trial) - 1) / 6 + 1; // the last of which has begun
    Files.writeString(
        config, text.replace("epochs: 2000", "epochs: " + epochs).replace("lr: 0.01", "lr: 0.02"));
    refused(
        trimtab("resume", trial.toString()),
        "something has changed",
        "  config: config.train.epochs: 2000 -> " + epochs,
        "  config: config.train.lr: 0.01 -> 0.02",
        "--allow=CHANGE");
    Path weights = folder.resolve("tiny/model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    refused(trimtab("resume", "--allow=config", trial.toString()), "  backbone: backbone_sha256: ");
    assertThat(new RunFolder(trial).checkpoint()).exists();
    Cli.Ran allowed = trimtab("resume", "--allow=config,backbone", trial.toString());
    assertThat(allowed.err()).contains("going on after step");
    assertThat(allowed.code()).isZero();
    assertThat(trial).doesNotExist();
    Path moved = TinyExperiment.trial(runs);
    assertThat(moved.getFileName().toString()).matches("[0-9a-f]{12}-after-" + trial.getFileName());
    assertThat(allowed.err()).contains("went on with changes; its folder is " + moved);
    assertThat(Json.read(moved.resolve("provenance.json")).path("trial").asText())
        .isEqualTo(moved.getFileName().toString());
    assertThat(new RunFolder(moved).checkpoint()).doesNotExist();
    assertThat(trimtab("resume", moved.toString()).out()).startsWith("finished before");
    assertThat(trimtab("predict", moved.toString(), "a fine film").code()).isZero();
  }

  @Test
  void aPlaceThatTheChangedTrainingDoesNotHaveIsRefusedAndNothingMoves() throws Exception {
    Path trial = interrupted();
    Path config = trial.resolve("config.yaml");
    String text = Files.readString(config);
    for (String key : List.of("batch: ", "examples: ")) {
      Files.writeString(config, text.replaceFirst("\\b" + key + "[0-9]+", key + "7"));
      refused(
          trimtab("resume", "--allow=config", trial.toString()),
          ": a training can't go on with another ",
          key,
          "; allowed are changes of train.epochs, ");
    }
    Files.writeString(config, text);
    Path log = trial.resolve("metrics.jsonl");
    String lines = Files.readString(log);
    Files.writeString(log, "");
    refused(
        trimtab("resume", trial.toString()),
        "metrics.jsonl: found 0 bytes, but the checkpoint was saved when there were ",
        "; put the file back as it was, or remove its folder to begin anew");
    Files.writeString(log, "x" + lines.substring(1));
    refused(trimtab("resume", trial.toString()), "metrics.jsonl:1:", "; put the file back");
    Files.writeString(log, lines);
    for (String damaged : List.of("", "{}", "null")) {
      Files.writeString(trial.resolve("result.json"), damaged);
      for (String command : List.of("resume", "show", "predict", "evaluate")) {
        refused(trimtab(command, trial.toString()), "result.json: ", "; remove the file to run");
      }
      refused(
          trimtab(tiny.run(runs, "--set", "train.epochs=2000")),
          "its trial doesn't count as finished");
    }
    Files.delete(trial.resolve("result.json"));
    Files.delete(new RunFolder(trial).checkpoint());
    Files.writeString(config, text.replace("epochs: 2000", "epochs: 1"));
    refused(
        trimtab("resume", "--allow=config", trial.toString()),
        "has no checkpoint to go on from, and its config.yaml, data or backbone are now those of"
            + " another trial");
  }

  @Test
  void fewerEpochsThanHaveBegunAreRefused() throws Exception {
    Path trial = interrupted();
    while (TinyExperiment.step(trial) < 7) {
      Process process = Cli.start(folder.resolve("more"), List.of("resume", trial.toString()));
      process.waitFor(4, TimeUnit.SECONDS);
      process.destroy();
      process.waitFor();
    }
    long begun = (TinyExperiment.step(trial) - 1) / 6 + 1;
    Path config = trial.resolve("config.yaml");
    Files.writeString(
        config, Files.readString(config).replace("epochs: 2000", "epochs: " + (begun - 1)));
    refused(
        trimtab("resume", "--allow=config", trial.toString()),
        "train.epochs: found "
            + (begun - 1)
            + ", but epoch "
            + begun
            + " has begun; allowed that many or more");
    assertThat(new RunFolder(trial).checkpoint()).exists();
  }

  @Test
  void allThatPredictionsDependOnIsCheckedWhenAModelIsLoaded() throws IOException {
    assertThat(trimtab(tiny.run(runs, "--set", "train.epochs=1")).code()).isZero();
    String trial = TinyExperiment.trial(runs).toString();
    for (String set :
        List.of(
            "method.length=5",
            "head.pooling=first",
            "data.maximum_length=39",
            "backbone.precision=fp64",
            "backbone.tuning=bias",
            "task.labels=[{value: \"1\", word: positive}, {value: \"0\", word: negative}]",
            "train.lr=1",
            "seeds=[2]")) {
      Cli.Ran ran = trimtab("predict", trial, "a fine film", "--set", set);
      assertThat(ran.code()).as(set + ran.out() + ran.err()).isEqualTo(2);
    }
    Path experiment = Path.of(trial, "adapter", "experiment.yaml");
    String text = Files.readString(experiment);
    Files.writeString(experiment, text.replace("maximum_length: 40", "maximum_length: 20"));
    refused(
        trimtab("evaluate", trial),
        "was trained with other settings; found data.maximum_length: 40 -> 20; allowed other");
    Files.writeString(experiment, text);
    Path tokenizer = folder.resolve("tiny/tokenizer.json");
    String words = Files.readString(tokenizer);
    Files.writeString(tokenizer, words + " ");
    refused(trimtab("predict", trial, "a fine film"), "was trained with another tokenizer (sha256");
    Files.writeString(tokenizer, words);
    assertThat(trimtab("predict", trial, "a fine film").code()).isZero();
  }

  @Test
  void otherDataThanTheRunsAreSaid() throws IOException {
    assertThat(trimtab(tiny.run(runs, "--set", "train.epochs=1")).code()).isZero();
    String trial = TinyExperiment.trial(runs).toString();
    assertThat(trimtab("evaluate", trial).err()).isEmpty();
    Path shipped =
        Path.of(System.getProperty("trimtab.root", "..")).resolve("configs/data/sentiment");
    Path data = Files.createDirectories(folder.resolve("data"));
    for (String name : List.of("train.tsv", "dev.tsv")) {
      Files.copy(shipped.resolve(name), data.resolve(name));
    }
    String set = "task.directory=" + data;
    assertThat(trimtab("evaluate", trial, "--set", set).err()).isEmpty();
    Files.writeString(data.resolve("dev.tsv"), "sentence\tlabel\nfine\t1\nbad\t0\n");
    Cli.Ran other = trimtab("evaluate", trial, "--set", set);
    assertThat(other.code()).isZero();
    assertThat(other.err())
        .startsWith("warning: the data are not those that the run was trained and scored on: sha");
    assertThat(trimtab("predict", trial, "--split", "dev", "--set", set).err())
        .startsWith("warning: the data are not those");
  }

  @Test
  void otherCodeIsRefused() throws Exception {
    Path trial = interrupted();
    Path provenance = trial.resolve("provenance.json");
    String text = Files.readString(provenance);
    String core = Json.read(provenance).path("code").path("core").asText();
    Files.writeString(provenance, text.replace(core, "0123456789abcdef"));
    refused(trimtab("resume", trial.toString()), "  version: code.core: 0123456789abcdef -> ");
    refused(
        trimtab(tiny.run(runs, "--set", "train.epochs=2000")),
        "something has changed",
        "run --force begins anew");
  }

  @Test
  void aSecondProcessOnTheSameRunIsRefused() throws IOException {
    Cli.Ran first = trimtab(tiny.run(runs, "--set", "train.epochs=1"));
    assertThat(first.code()).isZero();
    Path trial = TinyExperiment.trial(runs);
    try (FileChannel lock = FileChannel.open(trial.resolve(".lock"), StandardOpenOption.WRITE)) {
      assertThat(lock.lock().isValid()).isTrue();
      refused(
          trimtab(tiny.run(runs, "--set", "train.epochs=1", "--force")),
          "another process runs this trial");
    }
    assertThat(trial.resolve("result.json")).exists();
  }

  @Test
  void aFolderThatCantBeWrittenIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Cli.Ran ran = trimtab(tiny.run(file.resolve("runs")));
    refused(ran, "can't be written");
    assertThat(ran.err().lines()).hasSize(1);
  }

  @Test
  void anAdapterAloneIsEnoughToPredict() throws IOException {
    assertThat(trimtab(tiny.run(runs, "--set", "train.epochs=1")).code()).isZero();
    Path trial = TinyExperiment.trial(runs);
    String line = Files.readAllLines(trial.resolve("predictions.jsonl")).get(0);
    String text = Json.parse(line, "line").path("text").asText();
    Path copy = Files.createDirectories(folder.resolve("copy"));
    for (String name : List.of("adapter_model.safetensors", "trimtab.json", "experiment.yaml")) {
      Files.copy(trial.resolve("adapter").resolve(name), copy.resolve(name));
    }
    String whole = trimtab("predict", trial.toString(), text).out();
    assertThat(whole).isNotEmpty();
    assertThat(trimtab("predict", copy.toString(), text).out()).isEqualTo(whole);
    byte[] weights = Files.readAllBytes(folder.resolve("tiny/model.safetensors"));
    weights[weights.length - 1] ^= 1;
    Files.write(folder.resolve("tiny/model.safetensors"), weights);
    refused(trimtab("predict", copy.toString(), text), "was trained on", "sha256");
  }

  @Test
  void aLoadedModelPredictsWithTheSavedScoresToTheLastBit() throws IOException {
    assertThat(trimtab(tiny.run(runs, "--set", "train.epochs=1")).code()).isZero();
    RunFolder trial = new RunFolder(TinyExperiment.trial(runs));
    MethodRegistry methods =
        new MethodRegistry(
            List.of(new MethodBinding("residual-prompt", new ResidualPrompt(), "test")));
    SavedRuns saved = new SavedRuns(ExperimentFiles.of(methods), methods);
    try (SavedRun<?> run =
        saved.open(saved.configOf(trial, List.of(), Optional.empty(), SavedUse.SPLITS), trial)) {
      List<String> loaded =
          run.predictSplit("dev").examples().stream().map(PredictionFile::line).toList();
      assertThat(loaded).isEqualTo(Files.readAllLines(trial.predictions()));
    }
  }

  @Test
  void twoRunsAreCompared() {
    trimtab(tiny.run(runs, "--set", "train.epochs=1"));
    Path other = folder.resolve("other");
    trimtab(tiny.run(other, "--set", "train.epochs=2", "--set", "seeds=[2]"));
    String a = TinyExperiment.trial(runs).toString();
    String b = TinyExperiment.trial(other).toString();
    assertThat(trimtab("diff", a, a).out()).isEqualTo("no difference\n");
    assertThat(trimtab("diff", a, b).out())
        .contains("config.train.epochs: 1 -> 2", "steps: 6 -> 12")
        .containsOnlyOnce("\nseed: 1 -> 2\n");
  }
}
