package org.trimtab.experiments.statistics;

import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.BinomialTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.TTest;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/** Two-sided p values of differences between two methods over the same seeds, tasks or items. */
public final class PairedTests {
  private PairedTests() {}

  /**
   * Student's t over pairs, such as the same seeds; empty with fewer than two. Without any
   * difference p is 1; where all differences are the same, it is 0.
   */
  public static OptionalDouble t(double[] a, double[] b) {
    double[] differences = differences(a, b);
    if (differences.length < 2) {
      return OptionalDouble.empty();
    }
    if (IntStream.range(0, a.length).allMatch(i -> differences[i] == differences[0])) {
      return OptionalDouble.of(differences[0] == 0 ? 1 : 0);
    }
    return OptionalDouble.of(TTest.withDefaults().pairedTest(a, b).getPValue());
  }

  /**
   * Wilcoxon's signed ranks over pairs, such as tasks: exact where no two differences are of one
   * size and none is 0. Empty without pairs; without any difference p is 1.
   */
  public static OptionalDouble wilcoxon(double[] a, double[] b) {
    double[] differences = differences(a, b);
    if (differences.length == 0) {
      return OptionalDouble.empty();
    }
    if (IntStream.range(0, a.length).allMatch(i -> differences[i] == 0)) {
      return OptionalDouble.of(1);
    }
    return OptionalDouble.of(
        WilcoxonSignedRankTest.withDefaults().with(PValueMethod.EXACT).test(a, b).getPValue());
  }

  /**
   * McNemar's exact test over the same items.
   *
   * @param onlyA items that only the first method has right
   * @param onlyB items that only the second one has
   */
  public static double mcNemar(int onlyA, int onlyB) {
    return onlyA + onlyB == 0
        ? 1
        : BinomialTest.withDefaults().test(onlyA + onlyB, onlyA, 0.5).getPValue();
  }

  private static double[] differences(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException("no pairs: " + a.length + " and " + b.length + " values");
    }
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
  }
}
