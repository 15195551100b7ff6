package org.trimtab.head;

import java.util.Optional;
import org.trimtab.base.Invalid;

/**
 * What a head must know of its task.
 *
 * @param values the type of a gold value
 * @param objective what scores say of such values; empty where they aren't told by scores
 * @param spans S, the most places that a choice marks
 * @param <Y> a gold value
 */
public record TaskSpec<Y>(Class<Y> values, Optional<Objective<Y>> objective, int spans) {
  /** Values that scores tell, of texts without marked places. */
  public TaskSpec(Class<Y> values, Objective<Y> objective) {
    this(values, Optional.of(objective), 0);
  }

  /** Whether an example is no more than a text or a pair: no choices, no marked places. */
  public boolean ofPlainTexts() {
    return spans == 0 && objective.map(Objective::choices).orElse(1) == 1;
  }

  /**
   * The objective that a scored head needs.
   *
   * @throws Invalid for a head's {@code type}, if there is none
   */
  public Objective<Y> requireObjective() {
    return objective.orElseThrow(
        () -> refusal("gives scores, which don't tell the task's values, " + name(values)));
  }

  /**
   * {@code head} as one of this task's.
   *
   * @param predicted the type of its values
   * @throws Invalid for a head's {@code type}, if the task has others
   */
  @SuppressWarnings("unchecked") // both types of values are one
  public <X> TaskHead<Y> requireValues(Class<X> predicted, TaskHead<X> head) {
    if (!predicted.equals(values)) {
      throw refusal("predicts " + name(predicted) + "; found a task of " + name(values));
    }
    return (TaskHead<Y>) head;
  }

  private static Invalid refusal(String message) {
    return new Invalid("type", "this head " + message + "; allowed a head of such values");
  }

  private static String name(Class<?> type) {
    return type.getSimpleName();
  }
}
