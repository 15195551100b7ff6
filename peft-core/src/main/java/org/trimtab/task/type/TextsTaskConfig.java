package org.trimtab.task.type;

import java.util.List;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.task.Label;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.ClassKind;
import org.trimtab.task.read.NumberKind;
import org.trimtab.task.read.Range;
import org.trimtab.task.read.ValueKind;
import org.trimtab.task.score.MetricTable;
import org.trimtab.task.score.Metrics;
import org.trimtab.task.score.Scoring;

/**
 * A task whose texts a program gives: it has no files.
 *
 * @param labels the classes in the order of their indices; absent for a regression
 * @param range of the gold values of a regression; absent for a classification
 * @param metrics names, see {@link Metrics}
 * @param mainMetric the one that a run is judged by
 */
public record TextsTaskConfig(
    String name,
    Optional<List<Label>> labels,
    Optional<Range> range,
    List<String> metrics,
    String mainMetric)
    implements TaskConfig {
  public TextsTaskConfig {
    if (labels.isPresent() == range.isPresent()) {
      throw new Invalid("labels", "a task has either labels (classes) or a range (a regression)");
    }
    Check.all(
        () -> labels.ifPresent(Label::requireClasses),
        () -> table(labels).requireAll(metrics, mainMetric));
  }

  private static MetricTable<?> table(Optional<List<Label>> labels) {
    return labels.isPresent() ? Metrics.OF_CLASSES : Metrics.OF_NUMBERS;
  }

  @Override
  public Task<?> create() {
    return labels.isPresent()
        ? create(new ClassKind(labels.get()), Metrics.OF_CLASSES)
        : create(new NumberKind(range.orElseThrow()), Metrics.OF_NUMBERS);
  }

  private <Y> Task<Y> create(ValueKind<Y> kind, MetricTable<Y> table) {
    return new FileTask<>(name, kind, new Scoring<>(table, metrics, mainMetric), this::refuse);
  }

  private <Y> Splits<Y> refuse() {
    throw new UserError(
        "the task "
            + name
            + " has no files: a program gave its texts; allowed predictions of texts, or a task of"
            + " another type (task.type)");
  }
}
