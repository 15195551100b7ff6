package org.trimtab.experiments.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.base.UserError;
import org.trimtab.json.JsonObject;
import org.trimtab.tensor.djl.EngineVersions;
import org.trimtab.tuning.AdapterOrigin;

/** What is written of a run is read back as it was, and a damaged file says where it is damaged. */
class RunFilesTest {
  @TempDir Path path = Path.of("");
  private RunFolder folder = new RunFolder(path);

  @BeforeEach
  void inTheFolder() {
    folder = new RunFolder(path);
  }

  private static RunResult result() {
    Map<String, OptionalDouble> metrics = new LinkedHashMap<>();
    metrics.put("matthews", OptionalDouble.empty());
    metrics.put("accuracy", OptionalDouble.of(0.1 + 0.2));
    return new RunResult(
        Status.COLLAPSED,
        "cola",
        7,
        metrics,
        new RunResult.Score(
            "matthews", "matthews", "dev", OptionalDouble.empty(), OptionalDouble.of(0.5)),
        new RunResult.Parameters(12, 340),
        new RunResult.Training(1.25, OptionalLong.empty(), 6, 4, 2, OptionalDouble.of(0.031)),
        List.of("constant predictions"),
        Map.of("dev", new RunResult.SplitData("dev.tsv", 5, true, 1)));
  }

  private static Provenance provenance() {
    return new Provenance(
        new Provenance.Beginning("0123456789ab", List.of("run", "x.yaml"), "2026-01-01T00:00:00Z"),
        new Provenance.Settings(Map.of("train.lr", "0.1"), "c0", 7, "FP32", "cpu"),
        new Provenance.Inputs("tiny", "b0", "t0", "d0"),
        new Provenance.Code(new Provenance.CodeHashes("a", "b", "c", Optional.of("d")), "", true),
        new Environment(
            new Environment.Java("17", "VM"),
            new Environment.OperatingSystem("Linux", "6", "amd64"),
            new Environment.Processor("", 2, "1"),
            new EngineVersions("PyTorch", "2", "0.3")));
  }

  private static PredictedExample predicted(int index) {
    return new PredictedExample(
        index,
        new PredictedExample.Given(
            "a \"text\"", Optional.empty(), List.of("x", "y"), List.of(3, 4), Optional.of("c")),
        index == 0 ? Optional.of("1") : Optional.empty(),
        "0",
        List.of(0.25, Double.NaN),
        index == 0 ? Map.of() : Map.of("gate", 0.75));
  }

  @Test
  void aResultIsReadAsItWasWritten() {
    result().write(folder);
    assertThat(RunResult.read(folder)).isEqualTo(result());
  }

  @Test
  void aFailureIsReadAsItWasWritten() {
    for (Status status : Arrays.stream(Status.values()).filter(Status::withoutResult).toList()) {
      RunFailure failure = new RunFailure(status, "why: \"so\"");
      failure.write(folder);
      assertThat(RunFailure.read(folder)).isEqualTo(failure);
    }
  }

  @Test
  void aProvenanceIsReadAsItWasWritten() {
    provenance().write(folder);
    assertThat(Provenance.read(folder)).isEqualTo(provenance());
  }

  @Test
  void predictionsAreReadAsTheyWereWritten() {
    List<PredictedExample> examples = List.of(predicted(0), predicted(1));
    PredictionFile.write(folder.predictions(), examples);
    assertThat(PredictionFile.read(folder.predictions())).isEqualTo(examples);
  }

  @Test
  void anAdaptersOriginIsReadAsItWasWritten() {
    String hash = "f0".repeat(32);
    for (Optional<String> files : List.of(Optional.of(hash), Optional.<String>empty())) {
      AdapterOrigin origin =
          new AdapterOrigin(
              "tiny",
              "cola",
              new AdapterOrigin.Hashes(hash, hash, hash, files),
              Map.of("backbone.heads", "4"));
      origin.write(path);
      assertThat(AdapterOrigin.read(path)).isEqualTo(origin);
    }
  }

  @Test
  void aLogIsReadAsItWasWritten() {
    RunLog.Step step = new RunLog.Step(1, 0.5, Map.of("gradient_norm", 2.0), 1e-3);
    RunLog.Evaluation evaluation =
        new RunLog.Evaluation(3, 1, Map.of("accuracy", OptionalDouble.empty()));
    RunLog.Trace trace = new RunLog.Trace(3, Map.of("gate", 0.5));
    RunLog.Warning warning = new RunLog.Warning("look");
    RunLog.Note note = new RunLog.Note("seen");
    List.of(note, warning, step, evaluation, trace).forEach(line -> RunLog.append(folder, line));
    assertThat(RunLog.read(folder.metrics()))
        .isEqualTo(
            new RunLog(
                List.of(step),
                List.of(evaluation),
                List.of(trace),
                List.of(note),
                List.of(warning),
                false));
  }

  @Test
  void rungsComeFromTheLogAndAnUndefinedScoreIsTheWorst() {
    RunLog.append(folder, new RunLog.Evaluation(3, 1, Map.of("f1", OptionalDouble.empty())));
    RunLog.append(folder, new RunLog.Evaluation(6, 2, Map.of("f1", OptionalDouble.of(0.5))));
    RungScores.write(folder, "f1", 2);
    RungScores scores = RungScores.read(folder);
    assertThat(scores.at(1)).hasValue(OptionalDouble.empty());
    assertThat(scores.at(2)).hasValue(OptionalDouble.of(0.5));
    assertThat(scores.at(3)).isEmpty();
  }

  @Test
  void anEstimateIsReadAsItWasWritten() {
    for (OptionalLong mebibytes : List.of(OptionalLong.of(9), OptionalLong.empty())) {
      Estimate estimate = new Estimate(new RunResult.Parameters(1, 2), 3, 4, 5, 0.5, mebibytes);
      String line = org.trimtab.json.Json.line(estimate.json());
      assertThat(Estimate.read(JsonObject.parse(line, "line"))).isEqualTo(estimate);
    }
  }

  @Test
  void aDamagedFileIsNamedWithItsKey() throws IOException {
    result().write(folder);
    damage(folder.result(), "\"collapsed\"", "\"collaps\"");
    refused(() -> RunResult.read(folder), "result.json: status: found \"collaps\"; allowed fin");
    result().write(folder);
    damage(folder.result(), "\"best_step\" : 4,", "");
    refused(() -> RunResult.read(folder), "result.json: no field 'best_step'; found status, ");
    result().write(folder);
    damage(folder.result(), "\"score\" : null", "\"score\" : \"high\"");
    refused(() -> RunResult.read(folder), "result.json: score: found \"high\"; allowed a number");
    result().write(folder);
    damage(folder.result(), "\"rows\" : 5", "\"rows\" : true");
    refused(() -> RunResult.read(folder), "result.json: data: dev: rows: found true; allowed a w");
    result().write(folder);
    damage(folder.result(), "\"dev\",", "\"test\",");
    refused(() -> RunResult.read(folder), "score_split: found \"test\"; allowed dev");
    provenance().write(folder);
    damage(folder.provenance(), "\"git_dirty\" : true", "\"git_dirty\" : 1");
    refused(() -> Provenance.read(folder), "provenance.json: git_dirty: found 1; allowed true or");
  }

  @Test
  void aDamagedLineIsNamedWithItsNumber() throws IOException {
    PredictionFile.write(folder.predictions(), List.of(predicted(0), predicted(1)));
    damage(folder.predictions(), "\"index\":1", "\"index\":-1");
    refused(() -> PredictionFile.read(folder.predictions()), "jsonl:2: index: found -1; allowed");
    Files.writeString(folder.metrics(), "{\"step\":1,\"loss\":0.5,\"gradient_norm\":2}\n");
    refused(() -> RunLog.read(folder.metrics()), "jsonl:1: no field 'lr'; found step");
  }

  private static void damage(Path file, String what, String by) throws IOException {
    String whole = Files.readString(file);
    assertThat(whole).contains(what);
    Files.writeString(file, whole.replace(what, by));
  }

  private void refused(ThrowingCallable read, String message) {
    assertThatThrownBy(read)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }
}
