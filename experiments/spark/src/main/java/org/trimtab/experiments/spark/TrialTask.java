package org.trimtab.experiments.spark;

import java.nio.file.Path;
import org.apache.spark.api.java.function.Function;
import org.trimtab.experiments.sweep.worker.TrialJob;
import org.trimtab.experiments.sweep.worker.TrialOutcome;

/**
 * What an executor does with a job. It fails only with its process: what goes wrong in a trial is
 * an outcome.
 *
 * @param stopFile the file that is there when trials are to save their state and end early
 */
record TrialTask(String stopFile) implements Function<TrialJob, TrialOutcome> {
  @Override
  public TrialOutcome call(TrialJob job) {
    return ExecutorTrials.run(job, new StopFile(Path.of(stopFile)));
  }
}
