package org.trimtab.task.type;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.trimtab.base.Better;
import org.trimtab.head.Prediction;
import org.trimtab.head.TaskSpec;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.read.ValueKind;
import org.trimtab.task.score.Decision;
import org.trimtab.task.score.Scoring;

/**
 * A task whose examples are read of files.
 *
 * @param kind what its gold values are
 * @param spans how many places each choice marks
 * @param decision what becomes of predictions
 */
public record FileTask<Y>(
    String name,
    ValueKind<Y> kind,
    int spans,
    Scoring<Y> scoring,
    Decision<Y> decision,
    Supplier<Splits<Y>> files)
    implements Task<Y> {
  /** Examples without spans, each by itself. */
  public FileTask(String name, ValueKind<Y> kind, Scoring<Y> scoring, Supplier<Splits<Y>> files) {
    this(name, kind, 0, scoring, Decision.each(), files);
  }

  @Override
  public Splits<Y> load() {
    return files.get();
  }

  @Override
  public TaskSpec<Y> spec() {
    return kind.spec(spans);
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
  public Optional<Y> gold(String text) {
    return kind.gold(text);
  }

  @Override
  public String allowed() {
    return kind.allowed();
  }

  @Override
  public Optional<Y> parse(String text) {
    return kind.parse(text);
  }

  @Override
  public String display(Y value) {
    return kind.display(value);
  }

  @Override
  public String mainMetric() {
    return scoring.main();
  }

  @Override
  public List<Prediction<Y>> decide(List<Example<Y>> examples, List<Prediction<Y>> predictions) {
    return decision.of(examples, predictions);
  }

  @Override
  public Map<String, OptionalDouble> score(Split<Y> split, List<Prediction<Y>> decided) {
    return scoring.of(split, decided);
  }

  @Override
  public Better better(String metric) {
    return scoring.table().better(metric);
  }

  @Override
  public boolean isRate(String metric) {
    return scoring.table().isRate(metric);
  }

  @Override
  public OptionalDouble baseline(String metric, Split<Y> dev, Split<Y> train) {
    Prediction<Y> constant = kind.constant(dev.gold(), train.gold());
    List<Prediction<Y>> same = Collections.nCopies(dev.examples().size(), constant);
    return score(dev, decide(dev.examples(), same)).getOrDefault(metric, OptionalDouble.empty());
  }
}
