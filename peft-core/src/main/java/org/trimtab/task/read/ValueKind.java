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

  /** The value of a file's text; empty if that isn't allowed. */
  Optional<Y> parse(String text);

  /** What {@link #parse} takes, for messages. */
  String allowed();

  String format(Y value);

  /** What to give always: the commonest of {@code gold}, or the mean of {@code train}. */
  Prediction<Y> constant(List<Y> gold, List<Y> train);
}
