package org.trimtab.experiments.track.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.Environment;
import org.trimtab.experiments.runs.Provenance;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.track.TrackedRun;
import org.trimtab.tensor.djl.EngineVersions;

/** What a session says to a server, and what becomes of values that a server doesn't take. */
class MlflowSessionTest {
  private static final long PATIENCE_MILLIS = 20_000;
  @TempDir Path parent = Path.of("");
  private RunFolder folder = new RunFolder(Path.of(""));
  private final StubServer stub = new StubServer();
  private final Map<String, String> settings = new LinkedHashMap<>(Map.of("train.lr", "0.1"));

  @BeforeEach
  void folder() {
    folder = new RunFolder(parent.resolve("0123456789ab"));
    folder.create();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private Provenance provenance() {
    return new Provenance(
        new Provenance.Beginning("0123456789ab", List.of("run", "x.yaml"), "2026-01-01T00:00:00Z"),
        new Provenance.Settings(settings, "c0", 7, "FP32", "cpu"),
        new Provenance.Inputs("tiny", "b0", "t0", "d0"),
        new Provenance.Code(
            new Provenance.CodeHashes("a", "b", "c", Optional.of("d")), "c0ffee", true),
        new Environment(
            new Environment.Java("17", "VM"),
            new Environment.OperatingSystem("Linux", "6", "amd64"),
            new Environment.Processor("", 2, "1"),
            new EngineVersions("PyTorch", "2", "0.3")));
  }

  private MlflowSession session(Optional<String> authorization) {
    MlflowServer server = new MlflowServer(URI.create(stub.uri()), authorization);
    Optional<String> sweep = Optional.of("smoke");
    TrackedRun run = new TrackedRun(folder, provenance(), "cola", sweep, note -> {});
    return new MlflowSession(server, "tiny", run);
  }

  private MlflowSession session() {
    return session(Optional.empty());
  }

  private static List<MlflowServer.Metric> losses(long first, long last) {
    return LongStream.rangeClosed(first, last)
        .mapToObj(step -> new MlflowServer.Metric("train/loss", 0.5, 1000 + step, step))
        .toList();
  }

  private List<Integer> steps() {
    return stub.logged("metrics").stream().map(metric -> metric.path("step").asInt()).toList();
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new LinkedHashMap<>();
    stub.logged("tags").forEach(t -> tags.put(t.path("key").asText(), t.path("value").asText()));
    return tags;
  }

  private String statuses() {
    return stub.bodies("runs/update").stream().map(u -> u.path("status").asText()).toList() + "";
  }

  @Test
  void aTrialThatGoesOnHasTheSameRunAndNoStepTwice() {
    for (int process = 0; process < 2; process++) {
      MlflowOutbox outbox = new MlflowOutbox(session(), 100, PATIENCE_MILLIS);
      outbox.add(losses(1 + 3 * process, 5 + 3 * process)); // two steps were lost with a process
      outbox.end(process == 0 ? "KILLED" : "FINISHED");
      assertThat(outbox.notes()).isEmpty();
    }
    assertThat(stub.bodies("runs/create")).hasSize(1);
    assertThat(steps()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(statuses()).isEqualTo("[RUNNING, KILLED, RUNNING, FINISHED]");
    assertThat(tags())
        .containsEntry("trimtab.sweep", "smoke")
        .containsEntry("trimtab.code.plugins", "d")
        .containsEntry("trimtab.backbone_sha256", "b0")
        .containsEntry("mlflow.source.git.commit", "c0ffee")
        .doesNotContainKey("trimtab.config");
  }

  @Test
  void aTrialThatWentOnWithChangesGetsARunOfItsOwn() throws MlflowFailure {
    new MlflowRunFile("another", "run0").write(folder);
    session().open(note -> {});
    assertThat(stub.bodies("runs/create")).hasSize(1);
    assertThat(tags()).containsEntry("trimtab.after", "run0");
    assertThat(MlflowRunFile.read(folder)).contains(new MlflowRunFile(folder.name(), "run1"));
  }

  @Test
  void settingsAreSentInTheirNumberAndLength() throws MlflowFailure {
    for (int i = 0; i < 150; i++) {
      settings.put("key[" + i + "]", "v");
    }
    settings.put("long", "x".repeat(7000));
    settings.put("k".repeat(300), "v");
    List<String> notes = new ArrayList<>();
    session().open(notes::add);
    List<JsonNode> batches =
        stub.bodies("runs/log-batch").stream().filter(b -> b.has("params")).toList();
    assertThat(batches).extracting(b -> b.path("params").size()).containsExactly(100, 53);
    assertThat(stub.logged("params"))
        .allMatch(p -> p.path("key").asText().matches("[A-Za-z0-9_./-]{1,250}"))
        .allMatch(p -> p.path("value").asText().length() <= 6000)
        .anyMatch(p -> p.path("key").asText().equals("key.149"));
    assertThat(notes).hasSize(2).allMatch(note -> note.contains("cut"));
  }

  @Test
  void valuesThatAServerDoesntTakeAreKeptAndSentLater() {
    stub.fail(Optional.of(new StubServer.Fault(503, "busy")));
    MlflowOutbox outbox = new MlflowOutbox(session(), 3000, PATIENCE_MILLIS);
    outbox.add(losses(1, 2500));
    List<String> told = waitForNotes(outbox);
    assertThat(told).hasSize(1);
    assertThat(told.get(0)).startsWith("mlflow: " + stub.uri()).contains("kept and sent later");
    stub.fail(Optional.empty());
    outbox.end("FINISHED");
    assertThat(outbox.notes()).containsExactly("mlflow: all 2500 values were sent");
    assertThat(steps()).hasSize(2500).isSorted();
    assertThat(stub.bodies("runs/log-batch")).allMatch(b -> b.path("metrics").size() <= 1000);
    assertThat(statuses()).isEqualTo("[RUNNING, FINISHED]");
  }

  private static List<String> waitForNotes(MlflowOutbox outbox) {
    List<String> notes = outbox.notes();
    while (notes.isEmpty()) {
      Thread.onSpinWait();
      notes = outbox.notes();
    }
    return notes;
  }

  @Test
  void nobodyWaitsForASlowServerAndWhatDoesntFitIsCounted() {
    stub.delay(Long.MAX_VALUE);
    MlflowOutbox outbox = new MlflowOutbox(session(), 10, 1);
    outbox.add(losses(1, 4)); // comes back, though no call ever does
    outbox.add(losses(5, 16));
    outbox.end("FINISHED");
    assertThat(outbox.notes())
        .hasSize(1)
        .allMatch(note -> note.startsWith("mlflow: 16 of 16 values were not sent"));
    assertThat(stub.calls()).isEmpty();
  }

  @Test
  void valuesThatAreRefusedAreCounted() {
    MlflowOutbox outbox = new MlflowOutbox(session(), 10, PATIENCE_MILLIS);
    while (stub.logged("params").isEmpty()) {
      Thread.onSpinWait();
    }
    stub.fail(
        Optional.of(
            new StubServer.Fault(
                400, "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"no\"}")));
    outbox.add(losses(1, 4));
    outbox.end("FINISHED");
    assertThat(String.join("\n", outbox.notes()))
        .contains("runs/log-batch: INVALID_PARAMETER_VALUE: no", "4 of 4 values were not sent");
  }

  @Test
  void credentialsAreThoseOfTheEnvironment() throws MlflowFailure {
    URI server = URI.create("http://127.0.0.1:5000");
    String user = "MLFLOW_TRACKING_USERNAME";
    String password = "MLFLOW_TRACKING_PASSWORD";
    String token = "MLFLOW_TRACKING_TOKEN";
    String uri = "MLFLOW_TRACKING_URI";
    String basic = "Basic bWU6c2VjcmV0"; // me:secret
    assertThat(Credentials.of(Map.of(), server)).isEmpty();
    assertThat(Credentials.of(Map.of(user, "me", password, "secret", token, "t"), server))
        .contains(basic);
    assertThat(Credentials.of(Map.of(token, "t"), server)).contains("Bearer t");
    assertThat(Credentials.of(Map.of(uri, "http://me:secret@127.0.0.1:5000"), server))
        .contains(basic);
    assertThat(Credentials.of(Map.of(uri, "http://me:secret@elsewhere:5000"), server)).isEmpty();
    assertThatThrownBy(() -> Credentials.of(Map.of(user, "me"), server))
        .isInstanceOf(UserError.class)
        .hasMessage(user + " is set, but " + password + " is not");
    session(Optional.of(basic)).open(note -> {});
    assertThat(stub.calls()).isNotEmpty().allMatch(c -> c.authorization().equals(basic));
  }

  @Test
  void aServerOfSomethingElseIsToldApart() {
    MlflowServer server = new MlflowServer(URI.create(stub.uri()), Optional.empty());
    stub.fail(Optional.of(new StubServer.Fault(200, "<html>")));
    assertThatThrownBy(() -> server.experiment("x"))
        .hasMessage(stub.uri() + ": HTTP 200, and no JSON: is this an MLflow server?");
    stub.fail(Optional.of(new StubServer.Fault(200, "{}")));
    assertThatThrownBy(() -> server.experiment("x")).hasMessageContaining("experiment_id");
    stub.fail(Optional.of(new StubServer.Fault(401, "who?")));
    assertThatThrownBy(() -> server.experiment("x"))
        .hasMessageContaining("HTTP 401")
        .hasMessageContaining("MLFLOW_TRACKING_TOKEN");
  }
}
