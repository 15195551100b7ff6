package org.trimtab.experiments.watch;

import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.runs.RunLog;
import org.trimtab.train.Trainer;
import org.trimtab.train.TrainingListener;

/** Writes a training into its folder's log. */
public record MetricsLog(RunFolder folder) implements TrainingListener {
  private static final int EVERY = 10;

  @Override
  public void onStep(long step, long steps, Trainer.Step done, double learningRate) {
    if (step % EVERY == 0 || step == 1) {
      RunLog.append(folder, new RunLog.Step(step, done.loss(), done.measured(), learningRate));
    }
  }

  @Override
  public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
    RunLog.append(folder, new RunLog.Evaluation(step, epoch + 1, metrics));
  }

  @Override
  public void onTrace(long step, Map<String, Double> means) {
    RunLog.append(folder, new RunLog.Trace(step, means));
  }

  @Override
  public void onNote(String message) {
    RunLog.append(folder, new RunLog.Note(message));
  }

  @Override
  public void onWarning(String message) {
    RunLog.append(folder, new RunLog.Warning(message));
  }
}
