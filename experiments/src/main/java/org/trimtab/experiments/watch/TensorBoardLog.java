package org.trimtab.experiments.watch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.train.Trainer;
import org.trimtab.train.TrainingListener;

/** A training as TensorBoard shows it: loss, gradient norm and learning rate, and dev's metrics. */
public final class TensorBoardLog implements TrainingListener, AutoCloseable {
  private final EventFile file;

  /** A new event file in {@code folder}. */
  public TensorBoardLog(Path folder) {
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
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("train/loss", done.loss());
    done.measured().forEach((name, value) -> values.put("train/" + name, value));
    values.put("train/lr", learningRate);
    file.add(Event.scalars(now(), step, values));
  }

  @Override
  public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach((name, value) -> values.put("dev/" + name, value.orElse(Double.NaN)));
    file.add(Event.scalars(now(), step, values));
  }

  @Override
  public void onTrace(long step, Map<String, Double> means) {
    Map<String, Double> values = new LinkedHashMap<>();
    means.forEach((name, value) -> values.put("trace/" + name, value));
    file.add(Event.scalars(now(), step, values));
  }

  private static double now() {
    return System.currentTimeMillis() / 1000.0;
  }

  @Override
  public void close() {
    file.close();
  }
}
