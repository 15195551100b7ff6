package org.trimtab.task.score;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.trimtab.head.Prediction;
import org.trimtab.task.Example;

/** What a task makes of the predictions of a split's examples, all of which it sees. */
@FunctionalInterface
public interface Decision<Y> {
  List<Prediction<Y>> of(List<Example<Y>> examples, List<Prediction<Y>> predictions);

  /** Each example is by itself. */
  static <Y> Decision<Y> each() {
    return (examples, predictions) -> predictions;
  }

  /**
   * Of each group the one whose class 1 is the likeliest, the first of equals, is 1, the others 0;
   * what has no group stays as it is.
   */
  static Decision<Integer> bestOfGroup() {
    return (examples, predictions) -> {
      Map<String, Integer> best = new LinkedHashMap<>();
      for (int i = 0; i < examples.size(); i++) {
        double likely = likely(predictions.get(i));
        best.merge(
            examples.get(i).origin().group(),
            i,
            (known, own) -> likely > likely(predictions.get(known)) ? own : known);
      }
      Set<Integer> chosen = new HashSet<>(best.values());
      return IntStream.range(0, examples.size())
          .mapToObj(
              i ->
                  examples.get(i).origin().group().isEmpty()
                      ? predictions.get(i)
                      : predictions.get(i).withValue(chosen.contains(i) ? 1 : 0))
          .toList();
    };
  }

  private static double likely(Prediction<Integer> prediction) {
    return prediction.scores().get(1);
  }
}
