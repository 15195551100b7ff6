package org.trimtab.experiments.sweep;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.Sha256;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiments.runs.Estimate;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.Measured;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;
import org.trimtab.json.RecordFile;

/**
 * What the trials of a sweep take, each shape of trial measured once: trials that differ only in
 * seed, learning rate, schedule or number of epochs are alike.
 */
public final class Estimates {
  private final SweepFolder folder;
  private final SweepPlan.Resolved resolved;
  private final Map<String, Estimate> measured = new LinkedHashMap<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  /** What was measured before, if anything. */
  public Estimates(SweepFolder folder, SweepPlan.Resolved resolved) {
    this.folder = folder;
    this.resolved = resolved;
    if (Files.isRegularFile(folder.estimates())) {
      measured.putAll(
          RecordFile.read(
              folder.estimates(), "remove the file: it is measured again", Estimates::read));
    }
  }

  private static Map<String, Estimate> read(JsonObject json) {
    Map<String, Estimate> estimates = new LinkedHashMap<>();
    json.names().forEach(shape -> estimates.put(shape, Estimate.read(json.object(shape))));
    return estimates;
  }

  /** A trial of each shape that hasn't been measured. */
  public List<SweepTrial> missing() {
    Map<String, SweepTrial> shapes = new LinkedHashMap<>();
    for (SweepTrial trial : resolved.plan().trials()) {
      String shape = shape(trial);
      if (!measured.containsKey(shape)) {
        shapes.putIfAbsent(shape, trial);
      }
    }
    return new ArrayList<>(shapes.values());
  }

  /** Takes what a worker said of a trial. */
  public void put(SweepTrial trial, Measured said) {
    said.estimate()
        .ifPresentOrElse(
            estimate -> measured.put(shape(trial), estimate),
            () -> refused.put(shape(trial), said.refusal()));
  }

  /** Keeps them for later; a refusal may be mended. */
  public void save() {
    Map<String, Object> json = new LinkedHashMap<>();
    measured.forEach((shape, estimate) -> json.put(shape, estimate.json()));
    AtomicFile.writeText(folder.estimates(), Json.pretty(json));
  }

  /** What a trial was found to take; empty where it wasn't measured. */
  public Optional<Estimate> of(SweepTrial trial) {
    return Optional.ofNullable(measured.get(shape(trial)));
  }

  /** Why a trial can't be built; empty where it can. */
  public Optional<String> refusal(SweepTrial trial) {
    return Optional.ofNullable(refused.get(shape(trial)));
  }

  /** The time of a whole trial; empty where it wasn't measured. */
  public OptionalDouble seconds(SweepTrial trial) {
    ExperimentConfig config = resolved.config(trial);
    Optional<Estimate> estimate = of(trial);
    return estimate.isPresent()
        ? OptionalDouble.of(estimate.get().seconds(config.train()))
        : OptionalDouble.empty();
  }

  private static String shape(SweepTrial trial) {
    Map<String, String> settings = new LinkedHashMap<>(trial.settings());
    settings
        .keySet()
        .removeIf(
            key ->
                key.startsWith("seeds")
                    || (key.startsWith("train.") && !key.equals("train.batch")));
    return trial.task()
        + "/"
        + trial.method()
        + "/"
        + Sha256.of(settings.toString()).substring(0, 12);
  }
}
