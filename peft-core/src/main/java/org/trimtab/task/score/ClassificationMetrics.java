package org.trimtab.task.score;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Metrics over class indices; NaN where there are no examples. */
final class ClassificationMetrics {
  private ClassificationMetrics() {}

  static double accuracy(double[] gold, double[] predicted) {
    return (double) count(gold.length, i -> gold[i] == predicted[i]) / gold.length;
  }

  /** Of one class; 0 where neither gold nor predictions have it. */
  static double f1(double[] gold, double[] predicted, double positive) {
    if (gold.length == 0) {
      return Double.NaN;
    }
    long both = count(gold.length, i -> gold[i] == positive && predicted[i] == positive);
    long either =
        count(gold.length, i -> gold[i] == positive)
            + count(gold.length, i -> predicted[i] == positive);
    return either == 0 ? 0 : 2.0 * both / either;
  }

  /** The mean over the classes that gold or predictions have. */
  static double macroF1(double[] gold, double[] predicted) {
    return classes(gold, predicted).map(c -> f1(gold, predicted, c)).average().orElse(Double.NaN);
  }

  /** For any number of classes (Gorodkin, 2004); 0 where the denominator is 0. */
  static double matthews(double[] gold, double[] predicted) {
    double n = gold.length;
    if (n == 0) {
      return Double.NaN;
    }
    double right = count(gold.length, i -> gold[i] == predicted[i]);
    double products = 0;
    double golds = 0;
    double predictions = 0;
    for (double c : classes(gold, predicted).toArray()) {
      double inGold = count(gold.length, i -> gold[i] == c);
      double inPredicted = count(gold.length, i -> predicted[i] == c);
      products += inGold * inPredicted;
      golds += inGold * inGold;
      predictions += inPredicted * inPredicted;
    }
    double denominator = Math.sqrt(n * n - predictions) * Math.sqrt(n * n - golds);
    return denominator == 0 ? 0 : (right * n - products) / denominator;
  }

  private static DoubleStream classes(double[] gold, double[] predicted) {
    return DoubleStream.concat(DoubleStream.of(gold), DoubleStream.of(predicted))
        .distinct()
        .sorted();
  }

  private static long count(int examples, java.util.function.IntPredicate holds) {
    return IntStream.range(0, examples).filter(holds).count();
  }
}
