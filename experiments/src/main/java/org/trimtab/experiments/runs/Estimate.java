package org.trimtab.experiments.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.trimtab.json.JsonObject;
import org.trimtab.train.TrainConfig;

/**
 * What a trial will take, from its real model and data; {@code estimates.json} and a worker's reply
 * hold it.
 *
 * @param examples of the training set
 * @param devExamples that each evaluation reads
 * @param scoredExamples that are predicted at the end
 * @param secondsPerBatch of training, measured
 * @param mebibytes that were resident at most; empty where the system doesn't tell
 */
public record Estimate(
    RunResult.Parameters parameters,
    long examples,
    long devExamples,
    long scoredExamples,
    double secondsPerBatch,
    OptionalLong mebibytes) {
  private static final String TRAINABLE = "trainable";
  private static final String TOTAL = "total";
  private static final String EXAMPLES = "examples";
  private static final String DEV_EXAMPLES = "dev_examples";
  private static final String SCORED_EXAMPLES = "scored_examples";
  private static final String SECONDS_PER_BATCH = "seconds_per_batch";
  private static final String MEBIBYTES = "mebibytes";

  /** Of the whole training with an evaluation an epoch, and of the predictions at its end. */
  public double seconds(TrainConfig train) {
    double perExample = secondsPerBatch / train.batch() / 3; // a step is about three forward passes
    return (train.batches(examples) * secondsPerBatch + devExamples * perExample) * train.epochs()
        + scoredExamples * perExample;
  }

  /** As JSON holds it. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(TRAINABLE, parameters.trainable());
    json.put(TOTAL, parameters.total());
    json.put(EXAMPLES, examples);
    json.put(DEV_EXAMPLES, devExamples);
    json.put(SCORED_EXAMPLES, scoredExamples);
    json.put(SECONDS_PER_BATCH, secondsPerBatch);
    mebibytes.ifPresent(m -> json.put(MEBIBYTES, m));
    return json;
  }

  /**
   * Reads one.
   *
   * @throws org.trimtab.base.UserError if it is damaged
   */
  public static Estimate read(JsonObject json) {
    return new Estimate(
        new RunResult.Parameters(json.whole(TRAINABLE), json.whole(TOTAL)),
        json.whole(EXAMPLES),
        json.whole(DEV_EXAMPLES),
        json.whole(SCORED_EXAMPLES),
        json.decimal(SECONDS_PER_BATCH),
        json.has(MEBIBYTES) ? OptionalLong.of(json.whole(MEBIBYTES)) : OptionalLong.empty());
  }
}
