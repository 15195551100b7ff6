package org.trimtab.task.read;

import java.util.List;
import java.util.stream.IntStream;
import org.trimtab.head.Prediction;

/** Predictions that look at no text. */
public final class MajorityBaseline {
  private MajorityBaseline() {}

  /** The commonest class of {@code gold}, the first of equals, as a sure prediction. */
  public static Prediction<Integer> commonest(List<Integer> gold, int classes) {
    int[] counts = new int[classes];
    gold.forEach(label -> counts[label]++);
    int commonest = 0;
    for (int label = 1; label < classes; label++) {
      commonest = counts[label] > counts[commonest] ? label : commonest;
    }
    int given = commonest;
    return new Prediction<>(
        given, IntStream.range(0, classes).mapToObj(c -> c == given ? 1.0 : 0.0).toList());
  }
}
