package org.trimtab.experiments.track.tensorboard;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.experiments.track.TrackedValues;
import org.trimtab.experiments.track.Tracker;
import org.trimtab.train.Trainer;

/** A training as TensorBoard shows it: loss, gradient norm and learning rate, and dev's metrics. */
final class TensorBoardLog implements Tracker {
  private final EventFile file;

  /** A new event file in {@code folder}. */
  TensorBoardLog(Path folder) {
    double now = now();
    file = EventFile.create(folder, (long) now);
    file.add(Event.version(now));
  }

  @Override
  public void onResume(long step) {
    file.add(Event.start(now(), step + 1));
  }

  @Override
  public void onStep(long step, long steps, Trainer.Step done, double learningRate) {
    file.add(Event.scalars(now(), step, TrackedValues.step(done, learningRate)));
  }

  @Override
  public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
    file.add(Event.scalars(now(), step, TrackedValues.evaluation(metrics)));
  }

  @Override
  public void onTrace(long step, Map<String, Double> means) {
    file.add(Event.scalars(now(), step, TrackedValues.trace(means)));
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  @Override
  public void end(Ending ending) {
    file.close();
  }
}
