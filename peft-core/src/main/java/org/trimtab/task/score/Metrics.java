package org.trimtab.task.score;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.trimtab.base.Better;

/**
 * The metrics of the benchmarks, as scikit-learn, scipy and SuperGLUE's own scripts compute them.
 */
public final class Metrics {
  /** Of classes, by their indices; {@code f1} is that of class 1. */
  public static final MetricTable<Integer> OF_CLASSES =
      new MetricTable<Integer>("classification", Map.of())
          .withRate("accuracy", of(ClassificationMetrics::accuracy))
          .withRate("f1", of((gold, given) -> ClassificationMetrics.f1(gold, given, 1)))
          .withRate("f1-macro", of(ClassificationMetrics::macroF1))
          .withRate("matthews", of(ClassificationMetrics::matthews))
          .withRate("gender-parity", GroupMetrics::parity);

  public static final MetricTable<Double> OF_NUMBERS =
      new MetricTable<Double>("regression", Map.of())
          .withRate("pearson", of(RegressionMetrics::pearson))
          .withRate("spearman", of(RegressionMetrics::spearman))
          .with("mse", Better.LOWER, of(RegressionMetrics::meanSquaredError));

  /** Of answers that are right (1) or wrong (0) each, grouped by their questions. */
  public static final MetricTable<Integer> OF_ANSWERS =
      new MetricTable<Integer>("task of answers", Map.of())
          .withRate("f1-answer", of((gold, given) -> ClassificationMetrics.f1(gold, given, 1)))
          .withRate("f1-question", GroupMetrics::f1OfQuestions)
          .withRate("exact-match", GroupMetrics::exactMatch);

  /** Of candidates, of which one is given as a question's answer. */
  public static final MetricTable<Integer> OF_CANDIDATES =
      new MetricTable<Integer>("task of candidates", Map.of())
          .withRate("f1-token", GroupMetrics::f1OfTokens)
          .withRate("exact-match", GroupMetrics::exactText);

  private Metrics() {}

  /** Of gold and predicted values alone. */
  private static <Y extends Number> ToDoubleFunction<List<Judged<Y>>> of(
      ToDoubleBiFunction<double[], double[]> metric) {
    return judged -> metric.applyAsDouble(gold(judged), predicted(judged));
  }

  public static <Y extends Number> double[] gold(List<Judged<Y>> judged) {
    return judged.stream().mapToDouble(j -> j.gold().doubleValue()).toArray();
  }

  public static <Y extends Number> double[] predicted(List<Judged<Y>> judged) {
    return judged.stream().mapToDouble(j -> j.predicted().doubleValue()).toArray();
  }
}
