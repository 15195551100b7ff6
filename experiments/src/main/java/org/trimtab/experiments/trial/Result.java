package org.trimtab.experiments.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.experiments.process.PeakMemory;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.json.Json;
import org.trimtab.model.Model;
import org.trimtab.task.Split;
import org.trimtab.tensor.Tensors;
import org.trimtab.train.Training;

/** What {@code result.json} says of a finished trial. */
final class Result {
  static final String TRAINABLE = "trainable_parameters";
  static final String TOTAL = "total_parameters";

  private Result() {}

  static String json(Trial<?> trial, Training.Outcome outcome, Scores<?> scores, double seconds) {
    return Json.pretty(map(trial, outcome, scores, seconds));
  }

  private static <Y> Map<String, Object> map(
      Trial<Y> trial, Training.Outcome outcome, Scores<?> scores, double seconds) {
    TrialInputs<Y> inputs = trial.inputs();
    Split<Y> scored = inputs.scored();
    String main = inputs.task().mainMetric();
    String metric = inputs.metricPrefix(scored) + main;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("status", scores.constant() ? "collapsed" : "finished");
    result.put("task", inputs.task().name());
    result.put("seed", inputs.seed());
    Map<String, Double> metrics = nullable(scores.metrics());
    result.put("metrics", metrics);
    result.put("main_metric", main);
    result.put("score_metric", metric);
    result.put("score_split", scored.name());
    result.put("score", metrics.get(metric));
    result.put("baseline", trial.baseline(scored));
    result.putAll(parameters(trial.model()));
    result.put("seconds", Math.round(seconds * 100) / 100.0);
    Long peak = PeakMemory.mebibytes().isPresent() ? PeakMemory.mebibytes().getAsLong() : null;
    result.put("peak_memory_mib", peak);
    result.put("steps", outcome.steps());
    result.put("best_step", outcome.bestStep());
    result.put("truncated", trial.truncated());
    List<String> warnings = new ArrayList<>(trial.warnings());
    warnings.addAll(outcome.warnings());
    result.put("warnings", warnings);
    result.put("data", data(inputs));
    return result;
  }

  /** {@code trainable_parameters} and {@code total_parameters}. */
  static Map<String, Long> parameters(Model<?> model) {
    Tensors tensors = model.tensors();
    long trainable = model.params().count(tensors);
    long ofBackbone = model.backbone().params().count(tensors);
    Map<String, Long> parameters = new LinkedHashMap<>();
    parameters.put(TRAINABLE, trainable);
    parameters.put(TOTAL, model.backbone().parameterCount() + trainable - ofBackbone);
    return parameters;
  }

  /** Undefined values are null. */
  static Map<String, Double> nullable(Map<String, OptionalDouble> metrics) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(
        (name, value) -> values.put(name, value.isPresent() ? value.getAsDouble() : null));
    return values;
  }

  private static Map<String, Object> data(TrialInputs<?> inputs) {
    Map<String, Object> data = new LinkedHashMap<>();
    put(inputs.splits().train(), data);
    inputs.splits().withGold().forEach(split -> put(split, data));
    return data;
  }

  private static void put(Split<?> split, Map<String, Object> data) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("file", split.file().getFileName().toString());
    entry.put("rows", split.examples().size());
    entry.put("subset", split.subset());
    entry.put("skipped", split.skipped());
    data.put(split.name(), entry);
  }
}
