package org.trimtab.experiments.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaSparkContext;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.sweep.worker.TrialExecutor;
import org.trimtab.experiments.sweep.worker.TrialJob;
import org.trimtab.experiments.sweep.worker.TrialOutcome;

/**
 * Runs each trial as a Spark job of one task. Spark chooses the executor; where that is lost, the
 * job fails, and the sweep tries it again.
 */
final class SparkExecutor implements TrialExecutor {
  private static final Pattern REASON = Pattern.compile("ExecutorLostFailure.*?Reason: (.*)");

  private final JavaSparkContext spark;
  private final int slots;
  private final Path stopPath;
  private final StopFile stopFile;
  private final SavingHook hook;
  private volatile boolean stopped;

  /**
   * Takes over {@code spark}.
   *
   * @param slots how many executors it has
   * @param logs a folder that the executors see too
   */
  SparkExecutor(JavaSparkContext spark, int slots, Path logs) {
    this.spark = spark;
    this.slots = slots;
    stopPath = logs.resolve("stop-" + spark.sc().applicationId());
    stopFile = new StopFile(stopPath);
    hook = SavingHook.install(this::stop);
  }

  @Override
  public int slots() {
    return slots;
  }

  /** Steps aren't told: {@code metrics.jsonl} in the trial's folder has them. */
  @Override
  public TrialOutcome execute(int slot, TrialJob job, StepListener steps) throws LostException {
    if (stopped) {
      return new TrialOutcome(Status.STOPPED, "");
    }
    try {
      TrialTask task = new TrialTask(stopPath.toString());
      return spark.parallelize(List.of(job), 1).map(task).collect().get(0);
    } catch (Exception e) { // Scala declares none of those that it throws
      if (!stopped && spark.sc().isStopped()) {
        throw new UserError(
            "the cluster has ended the application; trimtab sweep resume goes on", e);
      }
      throw new LostException("its executor was lost: " + reason(String.valueOf(e.getMessage())));
    }
  }

  /** The one line that matters of all that Spark says. */
  static String reason(String message) {
    Matcher reason = REASON.matcher(message);
    return reason.find() ? reason.group(1).strip() : message.lines().findFirst().orElse("");
  }

  @Override
  public void stop() {
    stopped = true;
    stopFile.write();
  }

  @Override
  public void close() {
    try {
      spark.close();
      stopFile.delete();
    } finally {
      hook.close();
    }
  }
}
