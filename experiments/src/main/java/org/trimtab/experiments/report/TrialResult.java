package org.trimtab.experiments.report;

import java.io.File;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.TrialOutcome;
import org.trimtab.experiments.watch.History;

/**
 * How a trial stands, as its folder says.
 *
 * @param status one for all ways to fail
 * @param result empty where there is none
 */
public record TrialResult(
    SweepTrial trial,
    RunFolder folder,
    Status status,
    String message,
    Optional<RunResult> result,
    Optional<History> history) {
  /** Reads what is there. */
  public static TrialResult of(SweepFolder sweep, SweepTrial trial) {
    RunFolder folder = sweep.trial(trial);
    Optional<TrialOutcome> outcome = sweep.outcome(trial);
    return new TrialResult(
        trial,
        folder,
        outcome.map(TrialResult::status).orElseGet(() -> unfinished(folder)),
        outcome.map(TrialOutcome::message).orElse(""),
        folder.finished() ? Optional.of(RunResult.read(folder)) : Optional.empty(),
        Files.isRegularFile(folder.metrics())
            ? Optional.of(History.read(folder))
            : Optional.empty());
  }

  private static Status status(TrialOutcome outcome) {
    return outcome.failed() ? Status.FAILED : outcome.status();
  }

  private static Status unfinished(RunFolder folder) {
    if (!folder.interrupted()) {
      return Status.PENDING;
    }
    File rungs = folder.rungs().toFile();
    // the checkpoint of a trial that went on is younger than what was said when it was halted
    return rungs.exists() && rungs.lastModified() >= folder.checkpoint().toFile().lastModified()
        ? Status.HALTED
        : Status.INTERRUPTED;
  }

  /** On the split that counts. */
  public OptionalDouble score() {
    return result.map(r -> r.score().value()).orElse(OptionalDouble.empty());
  }

  OptionalLong parameters() {
    return result.stream().mapToLong(r -> r.parameters().trainable()).findFirst();
  }

  OptionalLong totalParameters() {
    return result.stream().mapToLong(r -> r.parameters().total()).findFirst();
  }

  OptionalLong mebibytes() {
    return training().flatMapToLong(t -> t.peakMemory().stream()).findFirst();
  }

  OptionalLong steps() {
    return training().mapToLong(RunResult.Training::steps).findFirst();
  }

  OptionalLong bestStep() {
    return training().mapToLong(RunResult.Training::bestStep).findFirst();
  }

  OptionalDouble seconds() {
    return training().mapToDouble(RunResult.Training::seconds).findFirst();
  }

  private Stream<RunResult.Training> training() {
    return result.stream().map(RunResult::training);
  }

  /** Every metric that is defined. */
  Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    result.ifPresent(
        r -> r.metrics().forEach((name, value) -> value.ifPresent(v -> metrics.put(name, v))));
    return metrics;
  }
}
