package org.trimtab.experiments.spark;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.sweep.worker.TrialJob;
import org.trimtab.experiments.sweep.worker.TrialOutcome;
import org.trimtab.experiments.sweep.worker.TrialRunner;
import org.trimtab.experiments.trial.Runner;
import org.trimtab.plugin.MethodRegistry;

/**
 * The trials of an executor's process, one after the other.
 *
 * <p>Their runner is static, where the project has none otherwise: Spark makes every task anew of
 * its bytes, so that only a static lives from one task to the next, and with it the backbones and
 * the data that the runner has read. It lasts as long as the process, which is the sweep's alone.
 */
final class ExecutorTrials {
  private ExecutorTrials() {}

  /** Made with the first trial. */
  private static final class Holder {
    static final TrialRunner RUNNER = runner();

    private static TrialRunner runner() {
      SparkLog.takeErrors();
      MethodRegistry methods = MethodRegistry.installed();
      ExperimentFiles experiments = ExperimentFiles.of(methods);
      return new TrialRunner(experiments, new Runner(experiments, methods));
    }
  }

  /** Runs a job; Spark gives an executor one at a time. */
  static synchronized TrialOutcome run(TrialJob job, BooleanSupplier stop) {
    Logger log = LoggerFactory.getLogger(ExecutorTrials.class);
    log.info("begins {} in process {}", job.id(), ProcessHandle.current().pid());
    TrialOutcome outcome = Holder.RUNNER.run(job, (step, steps) -> {}, stop);
    log.info("ended {}: {} {}", job.id(), outcome.status(), outcome.message());
    return outcome;
  }
}
