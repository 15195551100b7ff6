package org.trimtab.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.trimtab.json.Check;
import org.trimtab.json.Invalid;

/**
 * The metrics of the benchmarks, as scikit-learn and scipy compute them; undefined values are
 * empty. {@code a-and-b} is the mean of two of them.
 */
public final class Metrics {
  private static final String AND = "-and-";
  private static final Map<String, ToDoubleBiFunction<double[], double[]>> BY_NAME = byName();

  private static final List<String> OF_REGRESSIONS = List.of("pearson", "spearman", "mse");

  private Metrics() {}

  private static Map<String, ToDoubleBiFunction<double[], double[]>> byName() {
    Map<String, ToDoubleBiFunction<double[], double[]>> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", ClassificationMetrics::accuracy);
    metrics.put("f1", (gold, predicted) -> ClassificationMetrics.f1(gold, predicted, 1));
    metrics.put("f1-macro", ClassificationMetrics::macroF1);
    metrics.put("matthews", ClassificationMetrics::matthews);
    metrics.put("pearson", RegressionMetrics::pearson);
    metrics.put("spearman", RegressionMetrics::spearman);
    metrics.put("mse", RegressionMetrics::meanSquaredError);
    return metrics;
  }

  /** The value of the metric {@code name} over gold and predicted values; classes by index. */
  public static OptionalDouble compute(String name, double[] gold, double[] predicted) {
    double value =
        parts(name)
            .mapToDouble(part -> require(part).applyAsDouble(gold, predicted))
            .average()
            .orElseThrow();
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * Refuses a name that is no metric, or one of the other kind of task.
   *
   * @param classes whether the task is a classification; a regression otherwise
   * @throws Invalid for the component {@code key}
   */
  public static void requireKnown(String key, String name, boolean classes) {
    List<String> allowed =
        BY_NAME.keySet().stream().filter(m -> OF_REGRESSIONS.contains(m) != classes).toList();
    if (!allowed.containsAll(parts(name).toList())) {
      throw new Invalid(
          key,
          "no metric of a "
              + (classes ? "classification" : "regression")
              + "; found "
              + name
              + "; allowed "
              + String.join(", ", allowed)
              + ", and a"
              + AND
              + "b for the mean of two");
    }
  }

  /** The checks of a task's settings {@code metrics} and {@code mainMetric}. */
  static void requireAll(List<String> metrics, String mainMetric, boolean classes) {
    Check.all(
        () -> Check.notEmpty("metrics", metrics),
        () -> Check.distinct("metrics", metrics),
        () -> requireFit(metrics, classes),
        () -> requireComputed(mainMetric, metrics));
  }

  private static void requireFit(List<String> metrics, boolean classes) {
    for (int i = 0; i < metrics.size(); i++) {
      requireKnown("metrics[" + i + "]", metrics.get(i), classes);
    }
  }

  private static void requireComputed(String mainMetric, List<String> metrics) {
    if (!metrics.contains(mainMetric)) {
      throw new Invalid(
          "mainMetric",
          "not computed; found " + mainMetric + "; allowed " + String.join(", ", metrics));
    }
  }

  private static ToDoubleBiFunction<double[], double[]> require(String name) {
    ToDoubleBiFunction<double[], double[]> metric = BY_NAME.get(name);
    if (metric == null) {
      throw new IllegalArgumentException("unknown metric '" + name + "'");
    }
    return metric;
  }

  private static Stream<String> parts(String name) {
    return Stream.of(name.split(AND, -1));
  }
}
