package org.trimtab.experiments.trial;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.trimtab.train.TrainConfig;

/**
 * What a trial will take, from its real model and data.
 *
 * @param rows of the training set
 * @param devRows that each evaluation reads
 * @param scoredRows that are predicted at the end
 * @param secondsPerBatch of training, measured
 * @param mebibytes that were resident at most; empty where the system doesn't tell
 */
public record Estimate(
    long trainable,
    long total,
    long rows,
    long devRows,
    long scoredRows,
    double secondsPerBatch,
    OptionalLong mebibytes) {
  /** Batches of an epoch. */
  long batches(TrainConfig train) {
    return (rows + train.batch() - 1) / train.batch();
  }

  /** Updates of the whole training. */
  long steps(TrainConfig train) {
    return (batches(train) + train.accumulation() - 1) / train.accumulation() * train.epochs();
  }

  /** Of the whole training with an evaluation an epoch, and of the predictions at its end. */
  public double seconds(TrainConfig train) {
    double perRow = secondsPerBatch / train.batch() / 3; // a step is about three forward passes
    return (batches(train) * secondsPerBatch + devRows * perRow) * train.epochs()
        + scoredRows * perRow;
  }

  /** As JSON holds it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("trainable", trainable);
    map.put("total", total);
    map.put("rows", rows);
    map.put("dev_rows", devRows);
    map.put("scored_rows", scoredRows);
    map.put("seconds_per_batch", secondsPerBatch);
    mebibytes.ifPresent(m -> map.put("mebibytes", m));
    return map;
  }
}
