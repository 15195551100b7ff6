package org.trimtab.experiments.runs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.trimtab.base.AtomicFile;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;
import org.trimtab.json.RecordFile;

/**
 * What came of a finished trial: {@code result.json}.
 *
 * @param metrics of dev, and those of further dev sets behind their name; empty where undefined
 * @param data the splits that were read, by their names
 */
public record RunResult(
    Status status,
    String task,
    long seed,
    Map<String, OptionalDouble> metrics,
    Score score,
    Parameters parameters,
    Training training,
    List<String> warnings,
    Map<String, SplitData> data) {
  /** The keys that tables of trials have columns for, too. */
  public static final String SECONDS = "seconds";

  public static final String PEAK_MEMORY = "peak_memory_mib";
  public static final String STEPS = "steps";
  public static final String BEST_STEP = "best_step";

  /** The trial's state may be gone with the checkpoint: it then begins anew. */
  private static final String REMEDY =
      "its trial doesn't count as finished; remove the file to run it again";

  private static final String STATUS = "status";
  private static final String TASK = "task";
  private static final String SEED = "seed";
  private static final String METRICS = "metrics";
  private static final String WARNINGS = "warnings";
  private static final String DATA = "data";

  /**
   * The number that a trial is judged by.
   *
   * @param mainMetric the task's
   * @param metric the same as it stands among the metrics
   * @param split that it is of
   * @param value empty where it is undefined
   * @param baseline its value without a model; empty where it is undefined
   */
  public record Score(
      String mainMetric,
      String metric,
      String split,
      OptionalDouble value,
      OptionalDouble baseline) {
    private static final String MAIN_METRIC = "main_metric";
    private static final String METRIC = "score_metric";
    private static final String SPLIT = "score_split";
    private static final String VALUE = "score";
    private static final String BASELINE = "baseline";

    private void put(Map<String, @Nullable Object> json) {
      json.put(MAIN_METRIC, mainMetric);
      json.put(METRIC, metric);
      json.put(SPLIT, split);
      json.put(VALUE, value.isPresent() ? value.getAsDouble() : null);
      json.put(BASELINE, baseline.isPresent() ? baseline.getAsDouble() : null);
    }

    private static Score read(JsonObject json, List<String> splits) {
      return new Score(
          json.text(MAIN_METRIC),
          json.text(METRIC),
          json.oneOf(SPLIT, splits),
          json.decimalOrNull(VALUE),
          json.decimalOrNull(BASELINE));
    }
  }

  /**
   * How many numbers a model has.
   *
   * @param total those of the frozen backbone among them
   */
  public record Parameters(long trainable, long total) {
    public static final String TRAINABLE = "trainable_parameters";
    public static final String TOTAL = "total_parameters";

    /** Both by their names. */
    public Map<String, Long> byName() {
      Map<String, Long> names = new LinkedHashMap<>();
      names.put(TRAINABLE, trainable);
      names.put(TOTAL, total);
      return names;
    }

    private static Parameters read(JsonObject json) {
      return new Parameters(json.whole(TRAINABLE), json.whole(TOTAL));
    }
  }

  /**
   * What the training took.
   *
   * @param peakMemory MiB; empty where the system doesn't tell
   * @param steps updates
   * @param bestStep the one whose state was kept
   * @param truncated examples of train and dev that lost tokens
   * @param padding the share of an epoch's tokens that are padding; empty in results of versions
   *     that didn't measure it
   */
  public record Training(
      double seconds,
      OptionalLong peakMemory,
      long steps,
      long bestStep,
      long truncated,
      OptionalDouble padding) {
    private static final String TRUNCATED = "truncated";
    private static final String PADDING = "padding";

    private void put(Map<String, @Nullable Object> json) {
      json.put(SECONDS, seconds);
      json.put(PEAK_MEMORY, peakMemory.isPresent() ? peakMemory.getAsLong() : null);
      json.put(STEPS, steps);
      json.put(BEST_STEP, bestStep);
      json.put(TRUNCATED, truncated);
      padding.ifPresent(share -> json.put(PADDING, share));
    }

    private static Training read(JsonObject json) {
      return new Training(
          json.decimal(SECONDS),
          json.wholeOrNull(PEAK_MEMORY),
          json.whole(STEPS),
          json.whole(BEST_STEP),
          json.whole(TRUNCATED),
          json.has(PADDING) ? json.decimalOrNull(PADDING) : OptionalDouble.empty());
    }
  }

  /**
   * A part of the data.
   *
   * @param subset whether the file holds only a part of the official split
   * @param skipped lines that were too short to be read
   */
  public record SplitData(String file, long examples, boolean subset, long skipped) {
    private static final String FILE = "file";
    private static final String EXAMPLES = "rows";
    private static final String SUBSET = "subset";
    private static final String SKIPPED = "skipped";

    private Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put(FILE, file);
      json.put(EXAMPLES, examples);
      json.put(SUBSET, subset);
      json.put(SKIPPED, skipped);
      return json;
    }

    private static SplitData read(JsonObject json) {
      return new SplitData(
          json.text(FILE), json.whole(EXAMPLES), json.truth(SUBSET), json.whole(SKIPPED));
    }
  }

  /** The main metric of dev; empty where it is undefined. */
  public OptionalDouble mainMetric() {
    return metrics.getOrDefault(score.mainMetric(), OptionalDouble.empty());
  }

  /** The split that the score is of. */
  public SplitData scored() {
    return Optional.ofNullable(data.get(score.split())).orElseThrow();
  }

  /** Writes it, which makes the trial a finished one. */
  public void write(RunFolder folder) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put(STATUS, status.spelling());
    json.put(TASK, task);
    json.put(SEED, seed);
    json.put(METRICS, MetricValues.json(metrics));
    score.put(json);
    json.putAll(parameters.byName());
    training.put(json);
    json.put(WARNINGS, warnings);
    Map<String, Object> splits = new LinkedHashMap<>();
    data.forEach((name, split) -> splits.put(name, split.json()));
    json.put(DATA, splits);
    AtomicFile.writeText(folder.result(), Json.pretty(json));
  }

  /**
   * Reads it.
   *
   * @throws org.trimtab.base.UserError if it isn't there or is damaged
   */
  public static RunResult read(RunFolder folder) {
    return RecordFile.read(folder.result(), REMEDY, RunResult::read);
  }

  private static RunResult read(JsonObject json) {
    Map<String, SplitData> data = new LinkedHashMap<>();
    JsonObject splits = json.object(DATA);
    splits.names().forEach(name -> data.put(name, SplitData.read(splits.object(name))));
    return new RunResult(
        Status.read(json, STATUS, Status::scored),
        json.text(TASK),
        json.whole(SEED),
        MetricValues.read(json.object(METRICS)),
        Score.read(json, splits.names()),
        Parameters.read(json),
        Training.read(json),
        json.texts(WARNINGS),
        data);
  }
}
