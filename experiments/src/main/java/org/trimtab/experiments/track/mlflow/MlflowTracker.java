package org.trimtab.experiments.track.mlflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.track.TrackedValues;
import org.trimtab.experiments.track.Tracker;
import org.trimtab.train.Trainer;

/** A training as a run of MLflow. */
final class MlflowTracker implements Tracker {
  /** Some 100 bytes each. */
  private static final int CAPACITY = 100_000;

  /** Half of what a process that is asked to end is given. */
  private static final long PATIENCE_MILLIS = 20_000;

  private static final Map<Ending, String> STATUS =
      Map.of(Ending.FINISHED, "FINISHED", Ending.STOPPED, "KILLED", Ending.FAILED, "FAILED");
  private final MlflowOutbox outbox;
  private final Consumer<String> notes;

  MlflowTracker(MlflowSession session, Consumer<String> notes) {
    this(new MlflowOutbox(session, CAPACITY, PATIENCE_MILLIS), notes);
  }

  MlflowTracker(MlflowOutbox outbox, Consumer<String> notes) {
    this.outbox = outbox;
    this.notes = notes;
  }

  @Override
  public void onStep(long step, long steps, Trainer.Step done, double learningRate) {
    add(step, TrackedValues.step(done, learningRate));
  }

  @Override
  public void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {
    add(step, TrackedValues.evaluation(metrics));
  }

  @Override
  public void onTrace(long step, Map<String, Double> means) {
    add(step, TrackedValues.trace(means));
  }

  @Override
  public void onResult(RunResult result) {
    add(result.training().steps(), TrackedValues.result(result));
  }

  private void add(long step, Map<String, Double> values) {
    long now = System.currentTimeMillis();
    Map<String, Double> named = new LinkedHashMap<>();
    values.forEach((name, value) -> named.put(MlflowNames.key(name), value));
    outbox.add(
        named.entrySet().stream()
            .map(e -> new MlflowServer.Metric(e.getKey(), e.getValue(), now, step))
            .toList());
    outbox.notes().forEach(notes);
  }

  @Override
  public void end(Ending ending) {
    outbox.end(STATUS.getOrDefault(ending, "FAILED"));
    outbox.notes().forEach(notes);
  }
}
