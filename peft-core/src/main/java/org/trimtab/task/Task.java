package org.trimtab.task;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

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
   * @throws org.trimtab.json.UserError if one is missing or malformed
   */
  Splits<Y> load();

  Objective<Y> objective();

  /** A word for each class; empty for a regression. */
  List<String> words();

  /** A value as the task's files write it. */
  String format(Y value);

  /** The metric that a run is judged by. */
  String mainMetric();

  /** Every metric by its name; empty where it is undefined. */
  Map<String, OptionalDouble> score(List<Y> gold, List<Y> predicted);

  /**
   * The main metric of always giving the commonest class of {@code gold}, or the mean of {@code
   * train}; 0 where that is undefined.
   */
  double baseline(List<Y> gold, List<Y> train);
}
