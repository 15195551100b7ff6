package org.trimtab.train;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Several listeners as one; each hears everything, in their order. */
public record TrainingListeners(List<TrainingListener> all) implements TrainingListener {
  @Override
  public void onResume(long step) {
    all.forEach(listener -> listener.onResume(step));
  }

  @Override
  public void onStep(long step, long steps, Trainer.Step done, double learningRate) {
    all.forEach(listener -> listener.onStep(step, steps, done, learningRate));
  }

  @Override
  public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
    all.forEach(listener -> listener.onEvaluation(step, epoch, metrics));
  }

  @Override
  public void onTrace(long step, Map<String, Double> means) {
    all.forEach(listener -> listener.onTrace(step, means));
  }

  @Override
  public void onEpochEnd(long step, int epoch) {
    all.forEach(listener -> listener.onEpochEnd(step, epoch));
  }

  @Override
  public void onNote(String message) {
    all.forEach(listener -> listener.onNote(message));
  }

  @Override
  public void onWarning(String message) {
    all.forEach(listener -> listener.onWarning(message));
  }

  @Override
  public boolean endsHere() {
    return all.stream().anyMatch(TrainingListener::endsHere);
  }
}
