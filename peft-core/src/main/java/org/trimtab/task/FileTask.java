package org.trimtab.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** A task whose examples have one text or two, and one gold value each. */
final class FileTask<Y> implements Task<Y> {
  private final String name;
  private final List<String> metrics;
  private final String mainMetric;
  private final ValueKind<Y> kind;
  private final Supplier<Splits<Y>> files;

  FileTask(
      String name,
      List<String> metrics,
      String mainMetric,
      ValueKind<Y> kind,
      Supplier<Splits<Y>> files) {
    this.name = name;
    this.metrics = metrics;
    this.mainMetric = mainMetric;
    this.kind = kind;
    this.files = files;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Splits<Y> load() {
    return files.get();
  }

  @Override
  public Objective<Y> objective() {
    return kind.objective();
  }

  @Override
  public List<String> words() {
    return kind.words();
  }

  @Override
  public String format(Y value) {
    return kind.format(value);
  }

  @Override
  public String mainMetric() {
    return mainMetric;
  }

  @Override
  public Map<String, OptionalDouble> score(List<Y> gold, List<Y> predicted) {
    double[] expected = gold.stream().mapToDouble(kind::number).toArray();
    double[] actual = predicted.stream().mapToDouble(kind::number).toArray();
    Map<String, OptionalDouble> scores = new LinkedHashMap<>();
    for (String metric : metrics) {
      scores.put(metric, Metrics.compute(metric, expected, actual));
    }
    return scores;
  }

  @Override
  public double baseline(List<Y> gold, List<Y> train) {
    List<Y> constant = Collections.nCopies(gold.size(), kind.constant(gold, train));
    return score(gold, constant).getOrDefault(mainMetric, OptionalDouble.empty()).orElse(0);
  }
}
