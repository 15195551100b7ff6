package org.trimtab.experiments.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.FileErrors;
import org.trimtab.base.SystemPath;
import org.trimtab.experiments.runs.RunFailure;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.TrialJob;
import org.trimtab.experiments.sweep.worker.TrialOutcome;

/** The folder of a sweep, and the names of its files. */
public record SweepFolder(Path path) {
  /** The folder of the sweep called {@code name}. */
  public static SweepFolder of(Path runs, String name) {
    return new SweepFolder(SystemPath.shortened(runs.toAbsolutePath()).resolve(name));
  }

  /** What the sweep was planned to be; what makes a folder a sweep's. */
  public Path plan() {
    return path.resolve("plan.json");
  }

  /** What the trials were found to take. */
  Path estimates() {
    return path.resolve("estimates.json");
  }

  Path lock() {
    return path.resolve(".lock");
  }

  /** What the worker processes say of themselves. */
  public Path logs() {
    return path.resolve("logs");
  }

  public Path trials() {
    return path.resolve("trials");
  }

  Path config(SweepTrial trial) {
    return path.resolve("configs").resolve(trial.id() + ".yaml");
  }

  public RunFolder trial(SweepTrial trial) {
    return new RunFolder(trials().resolve(trial.id()));
  }

  /** Makes all folders. */
  public void create() {
    try {
      Files.createDirectories(trials());
      Files.createDirectories(logs());
      Files.createDirectories(path.resolve("configs"));
    } catch (IOException e) {
      throw FileErrors.unwritable(path, e);
    }
  }

  /** How a trial ended; empty where it hasn't. */
  public Optional<TrialOutcome> outcome(SweepTrial trial) {
    RunFolder folder = trial(trial);
    if (folder.finished()) {
      return Optional.of(new TrialOutcome(RunResult.read(folder).status(), ""));
    }
    if (!Files.isRegularFile(folder.failure())) {
      return Optional.empty();
    }
    RunFailure failure = RunFailure.read(folder);
    return Optional.of(new TrialOutcome(failure.status(), failure.message()));
  }

  /**
   * The brackets of a halving that has ended in which no trial went on, since none had a score.
   *
   * @param plan of a sweep that has ended
   */
  public List<String> withoutScore(SweepPlan plan) {
    Map<String, List<SweepTrial>> brackets = new LinkedHashMap<>();
    if (plan.halving().isPresent()) {
      plan.trials()
          .forEach(t -> brackets.computeIfAbsent(t.bracket(), b -> new ArrayList<>()).add(t));
    }
    return brackets.entrySet().stream()
        .filter(bracket -> bracket.getValue().stream().noneMatch(this::hasResult))
        .filter(bracket -> bracket.getValue().stream().anyMatch(t -> outcome(t).isEmpty()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean hasResult(SweepTrial trial) {
    return outcome(trial).filter(TrialOutcome::scored).isPresent();
  }

  TrialJob job(SweepTrial trial, int untilEpoch) {
    return new TrialJob(trial.id(), config(trial).toString(), trials().toString(), untilEpoch);
  }
}
