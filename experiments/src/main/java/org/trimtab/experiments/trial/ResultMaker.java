package org.trimtab.experiments.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.experiments.process.PeakMemory;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.model.Model;
import org.trimtab.task.Split;
import org.trimtab.tensor.Tensors;
import org.trimtab.train.Training;

/** Says what came of a trained trial. */
final class ResultMaker {
  private ResultMaker() {}

  /**
   * The result.
   *
   * @param seconds of the training
   */
  static RunResult result(
      Trial<?> trial, Training.Outcome outcome, Trial.Scores<?> scores, double seconds) {
    TrialInputs<?> inputs = trial.inputs();
    List<String> warnings = new ArrayList<>(trial.training().warnings());
    warnings.addAll(outcome.warnings());
    return new RunResult(
        scores.constant() ? Status.COLLAPSED : Status.FINISHED,
        inputs.task().name(),
        inputs.seed(),
        scores.metrics(),
        score(trial, scores),
        parameters(trial.model()),
        new RunResult.Training(
            Math.round(seconds * 100) / 100.0,
            PeakMemory.mebibytes(),
            outcome.steps(),
            outcome.bestStep(),
            trial.training().truncated(),
            OptionalDouble.of(Math.round(trial.training().padding() * 1e4) / 1e4)),
        warnings,
        data(inputs));
  }

  private static <Y> RunResult.Score score(Trial<Y> trial, Trial.Scores<?> scores) {
    TrialInputs<Y> inputs = trial.inputs();
    Split<Y> scored = inputs.scored();
    String main = inputs.task().mainMetric();
    String metric = inputs.metricPrefix(scored) + main;
    return new RunResult.Score(
        main,
        metric,
        scored.name(),
        scores.metrics().getOrDefault(metric, OptionalDouble.empty()),
        trial.baseline(main, scored));
  }

  /** How many numbers {@code model} has. */
  static RunResult.Parameters parameters(Model<?> model) {
    Tensors tensors = model.tensors();
    long trainable = model.params().count(tensors);
    long ofBackbone = model.backbone().params().count(tensors);
    return new RunResult.Parameters(
        trainable, model.backbone().parameterCount() + trainable - ofBackbone);
  }

  private static Map<String, RunResult.SplitData> data(TrialInputs<?> inputs) {
    Map<String, RunResult.SplitData> data = new LinkedHashMap<>();
    put(inputs.splits().train(), data);
    inputs.splits().withGold().forEach(split -> put(split, data));
    return data;
  }

  private static void put(Split<?> split, Map<String, RunResult.SplitData> data) {
    data.put(
        split.name(),
        new RunResult.SplitData(
            split.file().getFileName().toString(),
            split.examples().size(),
            split.subset(),
            split.skipped().size()));
  }
}
