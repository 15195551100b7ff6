package org.trimtab.experiments.runs;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An example with what a model says of it; values as the task's files write them.
 *
 * @param index in its split, from 0
 * @param scores the classes' probabilities; of a regression the number itself
 * @param trace what the method showed of the pass, such as its gates, by name
 */
public record PredictedExample(
    int index,
    Given given,
    Optional<String> gold,
    String predicted,
    List<Double> scores,
    Map<String, Double> trace) {
  /**
   * What is shown of the example itself.
   *
   * @param choices of a multiple choice; such an example has no pair
   * @param idx the numbers that a submission names it by, the outermost first
   * @param candidate of a question whose best candidate is its answer
   */
  public record Given(
      String text,
      Optional<String> pair,
      List<String> choices,
      List<Integer> idx,
      Optional<String> candidate) {}
}
