package org.trimtab.experiments.sweep;

import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.runs.RunLock;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.TrialExecutor;
import org.trimtab.experiments.sweep.worker.TrialOutcome;
import org.trimtab.experiments.sweep.worker.WorkerPool;
import org.trimtab.task.Task;

/** A sweep in its folder. */
public final class Sweep {
  private final SweepFolder folder;
  private final SweepPlan.Resolved resolved;
  private final ExperimentFiles experiments;

  public Sweep(SweepFolder folder, SweepPlan.Resolved resolved, ExperimentFiles experiments) {
    this.folder = folder;
    this.resolved = resolved;
    this.experiments = experiments;
  }

  /**
   * How a sweep is to be run.
   *
   * @param acceptChanges whether the plan may differ from the one that the sweep was begun with
   * @param again which trials that have ended without a result are tried again; those whose process
   *     was lost are in any case
   */
  public record Request(boolean acceptChanges, Predicate<TrialOutcome> again) {}

  /**
   * Runs, in the order of its plan, what hasn't ended.
   *
   * @param listener made when it is known what has ended
   * @return false if it was stopped before its end
   * @throws org.trimtab.base.UserError if the plan has changed
   * @throws org.trimtab.experiments.runs.LockedException if another process runs the sweep
   */
  public boolean run(TrialExecutor executor, Request request, Supplier<SweepListener> listener) {
    folder.create();
    return RunLock.holding(
        folder.lock(),
        folder.path() + ": another process runs this sweep; wait for it, or name another --runs",
        () -> {
          prepare(request.acceptChanges());
          forget(request.again().or(outcome -> outcome.status() == Status.LOST));
          return execute(executor, listener.get());
        });
  }

  /**
   * Measures a trial of each shape that wasn't measured before.
   *
   * @param next hears which comes
   */
  public void estimate(Estimates estimates, WorkerPool pool, Consumer<SweepTrial> next) {
    folder.create();
    List<SweepTrial> missing = estimates.missing();
    writeConfigs(missing);
    for (SweepTrial trial : missing) {
      next.accept(trial);
      try {
        estimates.put(trial, pool.estimate(0, folder.job(trial, 0)));
      } catch (TrialExecutor.LostException e) {
        throw new UserError(
            trial.label() + ": can't be measured: " + e.getMessage() + "; see " + folder.logs(), e);
      }
      estimates.save();
    }
  }

  private boolean execute(TrialExecutor executor, SweepListener listener) {
    SweepExecution run =
        new SweepExecution(
            folder, schedule(), executor, resolved.config().workers().retries(), listener);
    try {
      return run.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Schedule schedule() {
    SweepPlan plan = resolved.plan();
    return plan.halving()
        .<Schedule>map(
            halving ->
                new HalvingSchedule(folder, plan, halving, trial -> terms(resolved.config(trial))))
        .orElseGet(() -> new InOrder(folder, plan));
  }

  private static HalvingSchedule.Terms terms(ExperimentConfig config) {
    Task<?> task = config.task().create();
    return new HalvingSchedule.Terms(config.train().epochs(), task.better(task.mainMetric()));
  }

  /** Refuses a changed plan, and writes down what the trials are made of. */
  private void prepare(boolean acceptChanges) {
    if (Files.isRegularFile(folder.plan()) && !acceptChanges) {
      PlanChanges.requireNone(folder, PlanFile.read(folder), resolved.plan());
    }
    writeConfigs(resolved.plan().trials());
    PlanFile.write(folder, resolved.plan());
  }

  /** Writes what workers read of trials. */
  private void writeConfigs(List<SweepTrial> trials) {
    for (SweepTrial trial : trials) {
      String text = experiments.write(resolved.config(trial));
      AtomicFile.writeText(folder.config(trial), text);
    }
  }

  private void forget(Predicate<TrialOutcome> which) {
    for (SweepTrial trial : resolved.plan().trials()) {
      if (folder.outcome(trial).filter(which).isPresent()) {
        folder.trial(trial).forgetFailure();
      }
    }
  }
}
