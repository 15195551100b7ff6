package org.trimtab.task;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A task of tab-separated files. */
final class TsvTask<Y> implements Task<Y> {
  private final TsvTaskConfig config;
  private final ValueKind<Y> kind;

  TsvTask(TsvTaskConfig config, ValueKind<Y> kind) {
    this.config = config;
    this.kind = kind;
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public Splits<Y> load() {
    List<Split<Y>> further = new ArrayList<>();
    config.further().forEach((name, file) -> optional(name, file).ifPresent(further::add));
    return new Splits<>(
        read("train", config.train()),
        read("dev", config.dev()),
        further,
        config.test().flatMap(file -> optional("test", file)));
  }

  private Optional<Split<Y>> optional(String name, TsvTaskConfig.FileSpec spec) {
    return Files.exists(config.directory().resolve(spec.file()))
        ? Optional.of(read(name, spec))
        : Optional.empty();
  }

  private Split<Y> read(String name, TsvTaskConfig.FileSpec spec) {
    Path whole = config.directory().resolve(spec.file());
    Path part = config.directory().resolve(spec.file().replaceFirst("\\.tsv$", ".subset.tsv"));
    boolean subset = !Files.exists(whole) && Files.exists(part);
    return new TsvReader<>(subset ? part : whole, spec, config.skipShortRows(), kind)
        .read(name, subset);
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
    return config.mainMetric();
  }

  @Override
  public Map<String, OptionalDouble> score(List<Y> gold, List<Y> predicted) {
    double[] expected = gold.stream().mapToDouble(kind::number).toArray();
    double[] actual = predicted.stream().mapToDouble(kind::number).toArray();
    Map<String, OptionalDouble> scores = new LinkedHashMap<>();
    for (String metric : config.metrics()) {
      scores.put(metric, Metrics.compute(metric, expected, actual));
    }
    return scores;
  }

  @Override
  public double baseline(List<Y> gold, List<Y> train) {
    List<Y> constant = Collections.nCopies(gold.size(), kind.constant(gold, train));
    return score(gold, constant)
        .getOrDefault(config.mainMetric(), OptionalDouble.empty())
        .orElse(0);
  }
}
