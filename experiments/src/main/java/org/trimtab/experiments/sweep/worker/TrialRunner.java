package org.trimtab.experiments.sweep.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.runs.Estimate;
import org.trimtab.experiments.runs.LockedException;
import org.trimtab.experiments.runs.RunFailure;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.runs.RungScores;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.trial.Runner;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.train.Trainer;
import org.trimtab.train.TrainingException;
import org.trimtab.train.TrainingListener;
import org.trimtab.train.TrainingStopped;

/**
 * Runs the jobs of a sweep in this process, one after the other, and keeps between them what they
 * read. Whatever goes wrong in a trial is an outcome, and stands in its folder.
 */
public final class TrialRunner implements AutoCloseable {
  private final ExperimentFiles experiments;
  private final Runner runner;
  private final InputFiles files = new InputFiles();

  public TrialRunner(ExperimentFiles experiments, Runner runner) {
    this.experiments = experiments;
    this.runner = runner;
  }

  /**
   * Runs a job.
   *
   * @param stop whether it is to save its state and end early
   */
  public TrialOutcome run(TrialJob job, TrialExecutor.StepListener steps, BooleanSupplier stop) {
    TrialOutcome outcome = outcome(job, steps, stop);
    if (outcome.status().withoutResult()
        && outcome.status() != Status.LOST) { // else it may go on elsewhere
      writeFailure(folder(job), outcome);
    }
    return outcome;
  }

  private static RunFolder folder(TrialJob job) {
    return new RunFolder(Path.of(job.trials()).resolve(job.id()));
  }

  private TrialOutcome outcome(
      TrialJob job, TrialExecutor.StepListener steps, BooleanSupplier stop) {
    try {
      return train(job, load(job), steps, stop);
    } catch (TrainingException e) {
      return new TrialOutcome(Status.DIVERGED, String.valueOf(e.getMessage()));
    } catch (LockedException e) {
      return new TrialOutcome(Status.LOST, String.valueOf(e.getMessage()));
    } catch (UserError e) {
      return new TrialOutcome(Status.REFUSED, String.valueOf(e.getMessage()));
    } catch (Invalid e) {
      return new TrialOutcome(Status.REFUSED, e.key() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      e.printStackTrace(); // into the worker's log
      return new TrialOutcome(Status.FAILED, e.toString());
    }
  }

  private static void requireSame(TrialJob job, String found) {
    if (!found.equals(job.id())) {
      throw new UserError(
          "data or backbone are not those that the sweep was planned with; the trial is "
              + found
              + " here");
    }
  }

  private TrialOutcome train(
      TrialJob job,
      ExperimentConfig config,
      TrialExecutor.StepListener steps,
      BooleanSupplier stop) {
    try (TrialInputs<?> inputs = TrialInputs.open(config, experiments, files)) {
      requireSame(job, inputs.id());
      Budget budget = new Budget(job.untilEpoch(), config.train().epochs(), steps);
      return train(job, inputs, budget, stop);
    }
  }

  private TrialOutcome train(
      TrialJob job, TrialInputs<?> inputs, Budget budget, BooleanSupplier stop) {
    Runner.Request request =
        new Runner.Request(
            false,
            true,
            Set.of(),
            List.of("sweep"),
            folder -> budget,
            () -> budget.spent() || stop.getAsBoolean());
    try {
      RunFolder folder = runner.run(inputs, Path.of(job.trials()), request).folder();
      return new TrialOutcome(RunResult.read(folder).status(), "");
    } catch (TrainingStopped e) {
      String message = String.valueOf(e.getMessage());
      if (!budget.spent()) {
        return new TrialOutcome(Status.STOPPED, message);
      }
      RungScores.write(folder(job), inputs.task().mainMetric(), job.untilEpoch());
      return new TrialOutcome(Status.HALTED, message);
    }
  }

  private ExperimentConfig load(TrialJob job) {
    return experiments.load(Path.of(job.config()), List.of(), Optional.empty());
  }

  /** Says in a trial's folder why it has no result. */
  public static void writeFailure(RunFolder folder, TrialOutcome outcome) {
    new RunFailure(outcome.status(), outcome.message()).write(folder);
  }

  /** Builds a job's trial and measures a few steps of it. */
  public Estimate estimate(TrialJob job) {
    return runner.estimate(load(job), files);
  }

  /** The epochs that a job may train; it is over with the first step behind them. */
  private static final class Budget implements TrainingListener {
    private final int until;
    private final int epochs;
    private final TrialExecutor.StepListener steps;
    private boolean spent;

    Budget(int until, int epochs, TrialExecutor.StepListener steps) {
      this.until = until;
      this.epochs = epochs;
      this.steps = steps;
    }

    boolean spent() {
      return spent;
    }

    @Override
    public void onStep(long step, long all, Trainer.Step done, double learningRate) {
      spent = until > 0 && until < epochs && step > all * until / epochs;
      steps.onStep(step, all);
    }
  }

  @Override
  public void close() {
    files.close();
  }
}
