package org.trimtab.experiments.trial;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.trimtab.train.TrainConfig;

/**
 * What a trial will take, from its real model and data.
 *
 * @param examples of the training set
 * @param devExamples that each evaluation reads
 * @param scoredExamples that are predicted at the end
 * @param secondsPerBatch of training, measured
 * @param mebibytes that were resident at most; empty where the system doesn't tell
 */
public record Estimate(
    long trainable,
    long total,
    long examples,
    long devExamples,
    long scoredExamples,
    double secondsPerBatch,
    OptionalLong mebibytes) {
  /** Batches of an epoch. */
  long batches(TrainConfig train) {
    return (examples + train.batch() - 1) / train.batch();
  }

  /** Updates of the whole training. */
  long steps(TrainConfig train) {
    return (batches(train) + train.accumulation() - 1) / train.accumulation() * train.epochs();
  }

  /** Of the whole training with an evaluation an epoch, and of the predictions at its end. */
  public double seconds(TrainConfig train) {
    double perExample = secondsPerBatch / train.batch() / 3; // a step is about three forward passes
    return (batches(train) * secondsPerBatch + devExamples * perExample) * train.epochs()
        + scoredExamples * perExample;
  }

  /** As JSON holds it. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("trainable", trainable);
    map.put("total", total);
    map.put("examples", examples);
    map.put("dev_examples", devExamples);
    map.put("scored_examples", scoredExamples);
    map.put("seconds_per_batch", secondsPerBatch);
    mebibytes.ifPresent(m -> map.put("mebibytes", m));
    return map;
  }
}
