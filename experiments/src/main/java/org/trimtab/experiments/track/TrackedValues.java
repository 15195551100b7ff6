package org.trimtab.experiments.track;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.train.Trainer;

/** What trackers show of a training, by the names that they give it; undefined is NaN. */
public final class TrackedValues {
  private TrackedValues() {}

  /** Of an update. */
  public static Map<String, Double> step(Trainer.Step done, double learningRate) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("train/loss", done.loss());
    done.measured().forEach((name, value) -> values.put("train/" + name, value));
    values.put("train/lr", learningRate);
    return values;
  }

  /** Of an evaluation. */
  public static Map<String, Double> evaluation(Map<String, OptionalDouble> metrics) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach((name, value) -> values.put("dev/" + name, value.orElse(Double.NaN)));
    return values;
  }

  /** Of what a method showed. */
  public static Map<String, Double> trace(Map<String, Double> means) {
    Map<String, Double> values = new LinkedHashMap<>();
    means.forEach((name, value) -> values.put("trace/" + name, value));
    return values;
  }

  /** Of the end: the result's metrics, its score, and what it took. */
  public static Map<String, Double> result(RunResult result) {
    Map<String, Double> values = new LinkedHashMap<>();
    result
        .metrics()
        .forEach((name, value) -> values.put("result/" + name, value.orElse(Double.NaN)));
    values.put("result/score", result.score().value().orElse(Double.NaN));
    result.score().baseline().ifPresent(value -> values.put("result/baseline", value));
    result.parameters().byName().forEach((name, n) -> values.put("result/" + name, (double) n));
    values.put("result/" + RunResult.BEST_STEP, (double) result.training().bestStep());
    values.put("result/" + RunResult.SECONDS, result.training().seconds());
    result
        .training()
        .peakMemory()
        .ifPresent(mib -> values.put("result/" + RunResult.PEAK_MEMORY, (double) mib));
    return values;
  }
}
