package org.trimtab.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.TrialOutcome;
import org.trimtab.experiments.watch.History;
import org.trimtab.json.Json;

/**
 * How a trial ended, as its folder says.
 *
 * @param status finished, collapsed, diverged, failed, halted, interrupted or pending
 * @param score on the split that counts
 * @param result of {@code result.json}; a missing node where there is none
 */
public record TrialResult(
    SweepTrial trial,
    RunFolder folder,
    String status,
    String message,
    OptionalDouble score,
    JsonNode result,
    Optional<History> history) {
  /** Reads what is there. */
  public static TrialResult of(SweepFolder sweep, SweepTrial trial) {
    RunFolder folder = sweep.trial(trial);
    Optional<TrialOutcome> outcome = sweep.outcome(trial);
    JsonNode result =
        folder.finished() ? Json.read(folder.result()) : Json.parse("{}", "no result");
    JsonNode score = result.path("score");
    return new TrialResult(
        trial,
        folder,
        outcome.map(TrialResult::status).orElseGet(() -> unfinished(folder)),
        outcome.map(TrialOutcome::message).orElse(""),
        score.isNumber() ? OptionalDouble.of(score.asDouble()) : OptionalDouble.empty(),
        result,
        Files.isRegularFile(folder.metrics())
            ? Optional.of(History.read(folder.metrics()))
            : Optional.empty());
  }

  private static String status(TrialOutcome outcome) {
    return outcome.failed() ? "failed" : outcome.status().name().toLowerCase(Locale.ROOT);
  }

  private static String unfinished(RunFolder folder) {
    if (!folder.interrupted()) {
      return "pending";
    }
    File rungs = folder.rungs().toFile();
    // the checkpoint of a trial that went on is younger than what was said when it was halted
    return rungs.exists() && rungs.lastModified() >= folder.checkpoint().toFile().lastModified()
        ? "halted"
        : "interrupted";
  }

  OptionalLong parameters() {
    return whole("trainable_parameters");
  }

  OptionalLong totalParameters() {
    return whole("total_parameters");
  }

  OptionalLong mebibytes() {
    return whole("peak_memory_mib");
  }

  OptionalLong whole(String key) {
    return result.path(key).isNumber()
        ? OptionalLong.of(result.path(key).asLong())
        : OptionalLong.empty();
  }

  OptionalDouble seconds() {
    return result.path("seconds").isNumber()
        ? OptionalDouble.of(result.path("seconds").asDouble())
        : OptionalDouble.empty();
  }

  /** Every metric that is defined. */
  Map<String, Double> metrics() {
    Map<String, Double> metrics = new LinkedHashMap<>();
    result.path("metrics").properties().stream()
        .filter(e -> e.getValue().isNumber())
        .forEach(e -> metrics.put(e.getKey(), e.getValue().asDouble()));
    return metrics;
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    result.path("warnings").forEach(w -> warnings.add(w.asText()));
    return warnings;
  }
}
