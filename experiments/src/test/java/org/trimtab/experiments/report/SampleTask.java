package org.trimtab.experiments.report;

/**
 * A task of a {@link SampleReport}.
 *
 * @param room what the best row gains over the baseline
 */
record SampleTask(String name, String metric, int items, double baseline, double room) {
  boolean rate() {
    return !metric.equals("mse");
  }
}
