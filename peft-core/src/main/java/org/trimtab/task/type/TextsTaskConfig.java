package org.trimtab.task.type;

import java.util.List;
import java.util.Optional;
import org.trimtab.base.Check;
import org.trimtab.base.UserError;
import org.trimtab.task.Label;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.task.TaskConfig;
import org.trimtab.task.read.Range;
import org.trimtab.task.read.ValueKind;
import org.trimtab.task.score.Metrics;

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
    GoldValues values = new GoldValues(labels, range);
    Check.all(values::requireClasses, () -> values.requireComputed(metrics, mainMetric));
  }

  @Override
  public Task<?> create() {
    return new GoldValues(labels, range).task(name, metrics, mainMetric, this::refuse);
  }

  private <Y> Splits<Y> refuse(ValueKind<Y> kind) {
    throw new UserError(
        "the task "
            + name
            + " has no files: a program gave its texts; allowed predictions of texts, or a task of"
            + " another type (task.type)");
  }
}
