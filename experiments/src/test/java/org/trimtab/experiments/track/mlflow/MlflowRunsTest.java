package org.trimtab.experiments.track.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trimtab.experiments.Cli.trimtab;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.experiments.Cli;
import org.trimtab.experiments.TinyExperiment;

/** Runs and sweeps of the command line, tracked by a server that stands in for MLflow. */
class MlflowRunsTest {
  private static final int STEPS = 12;
  @TempDir Path folder = Path.of("");
  private final StubServer server = new StubServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private String tracker() {
    return "trackers=[{type: mlflow, uri: '" + server.uri() + "', experiment: tiny}]";
  }

  private static Set<String> values(List<JsonNode> entries, String key) {
    return entries.stream()
        .filter(entry -> entry.path("key").asText().equals(key))
        .map(entry -> entry.path("value").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aRunIsThereWithSettingsValuesAndItsEndAndIsTheSameTrialWithoutIt() throws IOException {
    TinyExperiment tiny = new TinyExperiment(folder);
    Path plain = folder.resolve("plain");
    Path tracked = folder.resolve("tracked");
    assertThat(trimtab(tiny.run(plain, "--set", "train.epochs=2")).code()).isZero();
    Cli.Ran ran = trimtab(tiny.run(tracked, "--set", "train.epochs=2", "--set", tracker()));
    assertThat(ran.err()).doesNotContain("mlflow");
    assertThat(ran.code()).isZero();
    Path trial = TinyExperiment.trial(tracked);
    assertThat(trial.getFileName()).isEqualTo(TinyExperiment.trial(plain).getFileName());
    TinyExperiment.assertSame(TinyExperiment.trial(plain), trial);
    assertThat(trial.resolve("adapter/experiment.yaml"))
        .hasSameTextualContentAs(TinyExperiment.trial(plain).resolve("adapter/experiment.yaml"));
    assertThat(trial.resolve("tensorboard")).doesNotExist();
    assertThat(TinyExperiment.trial(plain).resolve("tensorboard")).exists();

    assertThat(server.bodies("experiments/create")).hasSize(1);
    assertThat(server.bodies("experiments/create").get(0).path("name").asText()).isEqualTo("tiny");
    JsonNode run = server.bodies("runs/create").get(0);
    assertThat(run.path("experiment_id").asText()).isEqualTo("7");
    assertThat(run.path("run_name").asText()).isEqualTo(trial.getFileName().toString());
    assertThat(values(server.logged("params"), "train.epochs")).containsExactly("2");
    assertThat(values(server.logged("params"), "method.type")).containsExactly("residual-prompt");
    assertThat(values(server.logged("tags"), "trimtab.seed")).containsExactly("1");
    assertThat(values(server.logged("tags"), "trimtab.task")).containsExactly("sentiment");
    assertThat(server.logged("tags"))
        .extracting(tag -> tag.path("key").asText())
        .contains("trimtab.code.core", "trimtab.backbone_sha256", "trimtab.method");
    assertThat(server.logged("metrics"))
        .filteredOn(metric -> metric.path("key").asText().equals("train/loss"))
        .extracting(metric -> metric.path("step").asInt())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, STEPS);
    assertThat(server.logged("metrics"))
        .extracting(metric -> metric.path("key").asText())
        .contains("train/lr", "train/gradient_norm", "dev/accuracy", "result/score");
    List<JsonNode> updates = server.bodies("runs/update");
    assertThat(updates)
        .extracting(u -> u.path("status").asText())
        .containsExactly("RUNNING", "FINISHED");
    assertThat(updates.get(1).path("end_time").asLong()).isPositive();
    assertThat(Files.readString(trial.resolve("mlflow.json"))).contains("\"run1\"");

    Cli.Ran evaluated = trimtab("evaluate", trial.toString(), "--set", tracker());
    assertThat(evaluated.err()).contains("trackers").contains("has no effect");
    assertThat(evaluated.code()).isEqualTo(2);
  }

  @Test
  void aServerThatCantBeReachedIsToldBeforeAnythingIsWritten() {
    server.close();
    TinyExperiment tiny = new TinyExperiment(folder);
    Path runs = folder.resolve("runs");
    Cli.Ran ran = trimtab(tiny.run(runs, "--set", tracker()));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err())
        .contains("trackers: mlflow: " + server.uri() + ": can't be reached", "start the server");
    assertThat(runs).doesNotExist();
  }

  @Test
  void credentialsInASettingAreRefusedAndSoAreOtherAddresses() {
    TinyExperiment tiny = new TinyExperiment(folder);
    refused(tiny, "http://me:secret@127.0.0.1:5000", "MLFLOW_TRACKING_PASSWORD");
    refused(tiny, "sqlite:///mlflow.db", "allowed the address of a server");
    refused(tiny, "http://127.0.0.1:5000/?a=b", "allowed the address of a server");
    refused(tiny, "http://a b", "is no address");
  }

  private void refused(TinyExperiment tiny, String uri, String why) {
    String tracker = "trackers=[{type: mlflow, uri: '" + uri + "'}]";
    Cli.Ran ran = trimtab(tiny.run(folder.resolve("runs"), "--set", tracker));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("trackers[0].uri").contains(why);
  }

  @Test
  void twoOfATypeAreRefused() {
    TinyExperiment tiny = new TinyExperiment(folder);
    String twice = "trackers=[{type: tensorboard}, {type: tensorboard}]";
    Cli.Ran ran = trimtab(tiny.run(folder.resolve("runs"), "--set", twice));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("trackers[1]", "a second one");
  }

  @Test
  void aServerThatFailsMeanwhileIsToldOnceAndCostsNothing() {
    TinyExperiment tiny = new TinyExperiment(folder);
    Path runs = folder.resolve("runs");
    server.failAfter(
        "experiments/get-by-name", new StubServer.Fault(400, "{\"error_code\":\"BAD\"}"));
    Cli.Ran ran = trimtab(tiny.run(runs, "--set", "train.epochs=1", "--set", tracker()));
    assertThat(ran.code()).isZero();
    assertThat(ran.err().lines().filter(line -> line.contains("mlflow"))).hasSize(2);
    assertThat(ran.err()).contains("the training goes on", "values were not sent");
    assertThat(TinyExperiment.trial(runs).resolve("result.json")).exists();
  }
}
