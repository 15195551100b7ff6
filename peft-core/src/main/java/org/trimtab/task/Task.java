package org.trimtab.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trimtab.base.Better;
import org.trimtab.head.Prediction;
import org.trimtab.head.TaskSpec;

/**
 * What to predict of which texts, and how well that went.
 *
 * @param <Y> a gold value
 */
public interface Task<Y> {
  String name();

  /**
   * Reads all files.
   *
   * @throws org.trimtab.base.UserError if one is missing or malformed
   */
  Splits<Y> load();

  /** What a head must know of it. */
  TaskSpec<Y> spec();

  /** A word for each class; empty for a regression. */
  List<String> words();

  /** A value as the task's files write it, whole. */
  String format(Y value);

  /** The value that {@link #format} writes so, allowed as a gold value or not; empty if none is. */
  Optional<Y> parse(String text);

  /** The gold value that a text of the task's files stands for; empty if it isn't allowed. */
  default Optional<Y> gold(String text) {
    return parse(text);
  }

  /** What {@link #gold} takes, for messages. */
  default String allowed() {
    return "a gold value of the task " + name();
  }

  /** A value as people read it: numbers with three digits. */
  String display(Y value);

  /** The metric that a run is judged by. */
  String mainMetric();

  /** Which values of {@code metric}, one of those that {@link #score} computes, are the better. */
  Better better(String metric);

  /** Whether {@code metric} is known to lie in [-1, 1]: only such ones are shown as percentages. */
  default boolean isRate(String metric) {
    return false;
  }

  /**
   * The values that the task gives in the end: where examples are candidates for one answer, only
   * the best one stays right.
   *
   * @param predictions of {@code examples}, each by itself
   */
  List<Prediction<Y>> decide(List<Example<Y>> examples, List<Prediction<Y>> predictions);

  /**
   * Every metric of {@code split} by its name; empty where it is undefined.
   *
   * @param decided what {@link #decide} made of the predictions of all examples
   */
  Map<String, OptionalDouble> score(Split<Y> split, List<Prediction<Y>> decided);

  /**
   * A metric of always giving the commonest class of {@code dev} (of candidates, the first), or the
   * mean of {@code train}; empty where that is undefined.
   */
  OptionalDouble baseline(String metric, Split<Y> dev, Split<Y> train);
}
