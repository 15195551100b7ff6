package org.trimtab.experiments.sweep.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.experiment.ExperimentConfig;

/**
 * The trials of a sweep, each once, in the order in which they run.
 *
 * @param name the sweep file's
 * @param reference the method that the others are compared with
 * @param varied the keys that take more than one value
 * @param halving how the trials compete
 */
public record SweepPlan(
    String name,
    String reference,
    List<String> varied,
    Optional<SweepConfig.Halving> halving,
    List<SweepTrial> trials) {
  /**
   * A plan with all that its trials are made of.
   *
   * @param config the file's
   * @param configs of each trial, by its id
   * @param duplicates what else the file asks for that is among these: which trial is which
   */
  public record Resolved(
      SweepPlan plan,
      SweepConfig config,
      Map<String, ExperimentConfig> configs,
      List<String> duplicates) {
    /** The settings of a trial. */
    public ExperimentConfig config(SweepTrial trial) {
      return Optional.ofNullable(configs.get(trial.id())).orElseThrow();
    }
  }
}
