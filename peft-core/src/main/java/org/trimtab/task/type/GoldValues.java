package org.trimtab.task.type;

import java.util.List;
import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.task.Label;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.read.ClassKind;
import org.trimtab.task.read.NumberKind;
import org.trimtab.task.read.Range;
import org.trimtab.task.read.ValueKind;
import org.trimtab.task.score.MetricTable;
import org.trimtab.task.score.Metrics;
import org.trimtab.task.score.Scoring;

/**
 * The gold values of a task that has either classes or numbers.
 *
 * @param labels the classes in the order of their indices; absent for a regression
 * @param range of the numbers; absent for a classification
 */
record GoldValues(Optional<List<Label>> labels, Optional<Range> range) {
  GoldValues {
    if (labels.isPresent() == range.isPresent()) {
      throw new Invalid("labels", "a task has either labels (classes) or a range (a regression)");
    }
  }

  /** Where a task's examples come from. */
  interface Source {
    <Y> Splits<Y> load(ValueKind<Y> kind);
  }

  /**
   * Refuses too few classes.
   *
   * @throws Invalid for {@code labels}
   */
  void requireClasses() {
    labels.ifPresent(Label::requireClasses);
  }

  /**
   * Refuses metrics that such values don't have.
   *
   * @throws Invalid for {@code metrics} or {@code mainMetric}
   */
  void requireComputed(List<String> metrics, String mainMetric) {
    MetricTable<?> table = labels.isPresent() ? Metrics.OF_CLASSES : Metrics.OF_NUMBERS;
    table.requireAll(metrics, mainMetric);
  }

  /** The task of such values, whose examples {@code source} reads. */
  Task<?> task(String name, List<String> metrics, String mainMetric, Source source) {
    return labels.isPresent()
        ? task(
            name,
            new ClassKind(labels.get()),
            new Scoring<>(Metrics.OF_CLASSES, metrics, mainMetric),
            source)
        : task(
            name,
            new NumberKind(range.orElseThrow()),
            new Scoring<>(Metrics.OF_NUMBERS, metrics, mainMetric),
            source);
  }

  private static <Y> Task<Y> task(
      String name, ValueKind<Y> kind, Scoring<Y> scoring, Source source) {
    return new FileTask<>(name, kind, scoring, () -> source.load(kind));
  }
}
