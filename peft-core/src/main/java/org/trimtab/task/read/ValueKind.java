package org.trimtab.task.read;

import java.util.List;
import java.util.Optional;
import org.trimtab.head.Prediction;
import org.trimtab.head.TaskSpec;

/** What the gold values of a task are: classes or numbers. */
public interface ValueKind<Y> {
  /**
   * What a head must know of a task of such values.
   *
   * @param spans how many places each choice of an example marks
   */
  TaskSpec<Y> spec(int spans);

  List<String> words();

  /** The gold value of a file's text; empty if that isn't allowed. */
  Optional<Y> gold(String text);

  /** What {@link #gold} takes, for messages. */
  String allowed();

  String format(Y value);

  /** The value that {@link #format} writes so, predicted values among them; empty if none is. */
  default Optional<Y> parse(String text) {
    return gold(text);
  }

  /** A value as people read it. */
  default String display(Y value) {
    return format(value);
  }

  /** What to give always: the commonest of {@code gold}, or the mean of {@code train}. */
  Prediction<Y> constant(List<Y> gold, List<Y> train);
}
