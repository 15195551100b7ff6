package org.trimtab.experiments.sweep.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.ExperimentFiles;
import org.trimtab.experiments.runs.LockedException;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.Estimate;
import org.trimtab.experiments.trial.Runner;
import org.trimtab.experiments.trial.input.InputFiles;
import org.trimtab.json.Json;
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
    boolean ended = outcome.failed() || outcome.status() == TrialOutcome.Status.DIVERGED;
    if (ended && outcome.status() != TrialOutcome.Status.LOST) { // else it may go on elsewhere
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
      ExperimentConfig config = load(job);
      requireSame(job, runner.identify(config, files));
      return train(job, config, new Budget(job.untilEpoch(), config.train().epochs(), steps), stop);
    } catch (TrainingException e) {
      return new TrialOutcome(TrialOutcome.Status.DIVERGED, String.valueOf(e.getMessage()));
    } catch (LockedException e) {
      return new TrialOutcome(TrialOutcome.Status.LOST, String.valueOf(e.getMessage()));
    } catch (UserError e) {
      return new TrialOutcome(TrialOutcome.Status.REFUSED, String.valueOf(e.getMessage()));
    } catch (Invalid e) {
      return new TrialOutcome(TrialOutcome.Status.REFUSED, e.key() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      e.printStackTrace(); // into the worker's log
      return new TrialOutcome(TrialOutcome.Status.FAILED, e.toString());
    }
  }

  private static void requireSame(TrialJob job, Runner.Identity found) {
    if (!found.id().equals(job.id())) {
      throw new UserError(
          "data or backbone are not those that the sweep was planned with; the trial is "
              + found.id()
              + " here");
    }
  }

  private TrialOutcome train(
      TrialJob job, ExperimentConfig config, Budget budget, BooleanSupplier stop) {
    Runner.Request request =
        new Runner.Request(
            false,
            true,
            Set.of(),
            List.of("sweep"),
            folder -> budget,
            () -> budget.spent() || stop.getAsBoolean());
    try {
      return resultOf(runner.run(config, Path.of(job.trials()), request, files).folder());
    } catch (TrainingStopped e) {
      String message = String.valueOf(e.getMessage());
      if (!budget.spent()) {
        return new TrialOutcome(TrialOutcome.Status.STOPPED, message);
      }
      String metric = config.task().create().mainMetric();
      RungScores.write(folder(job), metric, job.untilEpoch());
      return new TrialOutcome(TrialOutcome.Status.HALTED, message);
    }
  }

  private ExperimentConfig load(TrialJob job) {
    return experiments.load(Path.of(job.config()), List.of(), Optional.empty());
  }

  private static TrialOutcome resultOf(RunFolder folder) {
    JsonNode result = Json.read(folder.result());
    return new TrialOutcome(
        result.path("status").asText().equals("collapsed")
            ? TrialOutcome.Status.COLLAPSED
            : TrialOutcome.Status.FINISHED,
        "");
  }

  /** Says in a trial's folder why it has no result. */
  public static void writeFailure(RunFolder folder, TrialOutcome outcome) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("status", outcome.status().name().toLowerCase(Locale.ROOT));
    failure.put("message", outcome.message());
    folder.create();
    AtomicFile.writeText(folder.failure(), Json.pretty(failure));
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
