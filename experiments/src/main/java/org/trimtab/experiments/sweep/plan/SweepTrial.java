package org.trimtab.experiments.sweep.plan;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A trial of a sweep.
 *
 * @param id of its folder
 * @param method the method file's name
 * @param task the task file's name
 * @param point the values of the keys that a grid or a search gives
 * @param settings what determines the result, by key
 */
public record SweepTrial(
    String id,
    String method,
    String task,
    Map<String, String> point,
    long seed,
    Map<String, String> settings) {
  /** The method with the point's values: what a report has a row for. */
  public String row() {
    return point.isEmpty()
        ? method
        : point.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", ", method + ", ", ""));
  }

  /** The trials that differ in their point alone have the same: they compete in a halving. */
  public String bracket() {
    return method + "/" + task + "/" + seed;
  }

  /** For people. */
  public String label() {
    return row() + " on " + task + ", seed " + seed;
  }
}
