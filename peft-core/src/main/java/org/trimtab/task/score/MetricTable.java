package org.trimtab.task.score;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.trimtab.base.Better;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;

/**
 * The metrics of one kind of task by their names; {@code a-and-b} is the mean of two of them.
 *
 * @param kind of task, for messages
 * @param byName each metric
 */
public record MetricTable<Y>(String kind, Map<String, Metric<Y>> byName) {
  private static final String AND = "-and-";

  /** This with one more, of which {@code better} values are the better ones. */
  public MetricTable<Y> with(String name, Better better, ToDoubleFunction<List<Judged<Y>>> value) {
    return with(name, new Metric<>(better, false, value));
  }

  /**
   * This with one more, a share or a correlation: in [-1, 1], of which higher values are better.
   */
  public MetricTable<Y> withRate(String name, ToDoubleFunction<List<Judged<Y>>> value) {
    return with(name, new Metric<>(Better.HIGHER, true, value));
  }

  private MetricTable<Y> with(String name, Metric<Y> metric) {
    Map<String, Metric<Y>> more = new LinkedHashMap<>(byName);
    more.put(name, metric);
    return new MetricTable<>(kind, more);
  }

  /**
   * Which values of a metric are the better ones.
   *
   * @throws IllegalArgumentException if there is no such metric
   */
  public Better better(String name) {
    return parts(name).map(this::require).findFirst().orElseThrow().better();
  }

  /**
   * Whether a metric is known to lie in [-1, 1].
   *
   * @throws IllegalArgumentException if there is no such metric
   */
  public boolean isRate(String name) {
    return parts(name).map(this::require).allMatch(Metric::rate);
  }

  /** Each of {@code names}; empty where it is undefined. */
  Map<String, OptionalDouble> compute(List<String> names, List<Judged<Y>> judged) {
    Map<String, OptionalDouble> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, compute(name, judged)));
    return values;
  }

  private OptionalDouble compute(String name, List<Judged<Y>> judged) {
    double value =
        parts(name)
            .mapToDouble(part -> require(part).value().applyAsDouble(judged))
            .average()
            .orElseThrow();
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private Metric<Y> require(String name) {
    Metric<Y> metric = byName.get(name);
    if (metric == null) {
      throw new IllegalArgumentException("unknown metric '" + name + "'");
    }
    return metric;
  }

  /** The checks of a task's settings {@code metrics} and {@code mainMetric}. */
  public void requireAll(List<String> metrics, String mainMetric) {
    Check.all(
        () -> requireFit("metrics", metrics),
        () -> {
          if (!metrics.contains(mainMetric)) {
            throw new Invalid(
                "mainMetric",
                "not computed; found " + mainMetric + "; allowed " + String.join(", ", metrics));
          }
        });
  }

  /**
   * The checks of a list of metrics.
   *
   * @throws Invalid for the component {@code key}
   */
  public void requireFit(String key, List<String> metrics) {
    Check.all(
        () -> Check.notEmpty(key, metrics),
        () -> Check.distinct(key, metrics),
        () -> {
          for (int i = 0; i < metrics.size(); i++) {
            requireKnown(key + "[" + i + "]", metrics.get(i));
          }
        });
  }

  private void requireKnown(String key, String name) {
    if (!byName.keySet().containsAll(parts(name).toList())) {
      throw new Invalid(
          key,
          "no metric of a "
              + kind
              + "; found "
              + name
              + "; allowed "
              + String.join(", ", byName.keySet())
              + ", and a"
              + AND
              + "b for the mean of two");
    }
    if (parts(name).map(part -> require(part).better()).distinct().count() > 1) {
      throw new Invalid(
          key,
          "no mean: of one of them higher values are better, of the other lower ones; found "
              + name);
    }
  }

  private static Stream<String> parts(String name) {
    return Stream.of(name.split(AND, -1));
  }
}
