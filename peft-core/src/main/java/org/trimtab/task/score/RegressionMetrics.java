package org.trimtab.task.score;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.ranking.NaturalRanking;

/** Metrics over numbers; NaN where they are undefined. */
final class RegressionMetrics {
  private RegressionMetrics() {}

  /** The linear correlation; undefined if either side is constant. */
  static double pearson(double[] gold, double[] predicted) {
    if (gold.length < 2 || constant(gold) || constant(predicted)) {
      return Double.NaN;
    }
    double goldMean = DoubleStream.of(gold).average().orElseThrow();
    double predictedMean = DoubleStream.of(predicted).average().orElseThrow();
    double products = 0;
    double golds = 0;
    double predictions = 0;
    for (int i = 0; i < gold.length; i++) {
      double g = gold[i] - goldMean;
      double p = predicted[i] - predictedMean;
      products += g * p;
      golds += g * g;
      predictions += p * p;
    }
    return Math.max(-1, Math.min(1, products / Math.sqrt(golds) / Math.sqrt(predictions)));
  }

  /** The linear correlation of ranks; ties share their mean rank. */
  static double spearman(double[] gold, double[] predicted) {
    if (gold.length < 2) {
      return Double.NaN;
    }
    NaturalRanking ranking = new NaturalRanking();
    return pearson(ranking.apply(gold), ranking.apply(predicted));
  }

  static double meanSquaredError(double[] gold, double[] predicted) {
    return IntStream.range(0, gold.length)
        .mapToDouble(i -> (gold[i] - predicted[i]) * (gold[i] - predicted[i]))
        .average()
        .orElse(Double.NaN);
  }

  private static boolean constant(double[] values) {
    return DoubleStream.of(values).distinct().count() == 1;
  }
}
