package org.trimtab.task;

import java.util.List;
import java.util.Optional;

/**
 * What a benchmark's file says of an example besides texts and gold value.
 *
 * @param idx the numbers that a submission names it by, the outermost first
 * @param group what examples are judged together, such as the answers to one question; empty: none
 * @param candidate of a question whose best candidate is its answer
 */
public record BenchmarkIds(List<Integer> idx, String group, Optional<Candidate> candidate) {
  /** Nothing is known. */
  public static final BenchmarkIds UNKNOWN = new BenchmarkIds(List.of(), "", Optional.empty());

  /**
   * One of the texts that may answer a question.
   *
   * @param answers the right ones; none where they aren't known
   */
  public record Candidate(String text, List<String> answers) {}
}
