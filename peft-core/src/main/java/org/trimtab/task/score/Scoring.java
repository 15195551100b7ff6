package org.trimtab.task.score;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.trimtab.head.Prediction;
import org.trimtab.task.Split;

/**
 * How well predictions fit.
 *
 * @param table of what can be computed
 * @param metrics what is computed
 * @param main the one that a run is judged by
 * @param further what is computed instead of further dev sets, by their names
 */
public record Scoring<Y>(
    MetricTable<Y> table, List<String> metrics, String main, Map<String, List<String>> further) {
  /** The same metrics of all dev sets. */
  public Scoring(MetricTable<Y> table, List<String> metrics, String main) {
    this(table, metrics, main, Map.of());
  }

  public Map<String, OptionalDouble> of(Split<Y> split, List<Prediction<Y>> predictions) {
    List<Judged<Y>> judged =
        IntStream.range(0, predictions.size())
            .mapToObj(i -> new Judged<>(split.examples().get(i), predictions.get(i)))
            .toList();
    return table.compute(further.getOrDefault(split.name(), metrics), judged);
  }
}
