package org.trimtab.experiments.report;

import java.util.Map;

/**
 * A row of a {@link SampleReport}.
 *
 * @param strength the share of a task's room above its baseline that the row gains
 */
record SampleRow(
    String name,
    String method,
    Map<String, String> settings,
    long parameters,
    double seconds,
    double strength) {
  static SampleRow of(String method, long parameters, double seconds, double strength) {
    return new SampleRow(method, method, Map.of(), parameters, seconds, strength);
  }

  boolean gated() {
    return method.equals("unipelt");
  }
}
