package org.trimtab.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.head.Prediction;
import org.trimtab.model.Evaluator;
import org.trimtab.tensor.HostTensor;
import org.trimtab.train.optimizer.Schedule;

/**
 * The loop around the training step: epochs, schedule, evaluations, early stopping, guards.
 *
 * @param <Y> a gold value
 */
public final class Training<Y> {
  private final Trainer<Y> trainer;
  private final TrainConfig config;
  private final Data<Y> data;
  private final TrainingListener listener;
  private final Checkpoints checkpoints;
  private final Guards<Y> guards;
  private Progress progress = Progress.START;
  private boolean ended;

  /**
   * What a training reads.
   *
   * @param epoch the training examples' batches of an epoch (from 0)
   * @param dev what is predicted while training
   * @param decide what the task makes of dev's predictions
   * @param score the metrics of dev's predictions
   * @param criterion which of them counts
   * @param words for a value, as the task's files write it
   */
  public record Data<Y>(
      IntFunction<List<Labelled<Y>>> epoch,
      List<Batch> dev,
      UnaryOperator<List<Prediction<Y>>> decide,
      Function<List<Prediction<Y>>, Map<String, OptionalDouble>> score,
      Criterion criterion,
      Function<Y, String> words) {}

  /**
   * How a training ended.
   *
   * @param steps updates made
   * @param bestStep after which the kept state stood
   * @param warnings what the guards saw
   */
  public record Outcome(long steps, long bestStep, List<String> warnings) {}

  /** A training that {@code listener} hears, and that goes on from the last checkpoint. */
  public Training(
      Trainer<Y> trainer,
      TrainConfig config,
      Data<Y> data,
      TrainingListener listener,
      Checkpoints checkpoints) {
    this.trainer = trainer;
    this.config = config;
    this.data = data;
    this.listener = listener;
    this.checkpoints = checkpoints;
    guards = new Guards<>(config.epochs(), data.criterion(), data.words());
  }

  /**
   * Trains, from the last checkpoint where there is one; afterwards the model holds the state to
   * keep.
   *
   * @throws TrainingStopped if the checkpoints asked for it
   * @throws TrainingException if the run can't go on
   */
  public Outcome run() {
    checkpoints.last().ifPresent(this::restore);
    requirePlace();
    while (progress.position().epoch() < config.epochs() && !hasStopped()) {
      epoch(updates(data.epoch().apply(progress.position().epoch())));
    }
    return new Outcome(progress.position().step(), keep(), progress.warnings());
  }

  private void restore(Progress saved) {
    progress = saved;
    trainer.restore(saved.snapshot());
    listener.onResume(saved.position().step());
  }

  /** Refuses to go on in epochs of another number of updates, which the texts' lengths tell. */
  private void requirePlace() {
    Progress.Position position = progress.position();
    if (config.batchTokens().isEmpty() || position.epoch() >= config.epochs()) {
      return;
    }
    int updates = updates(data.epoch().apply(position.epoch())).size();
    if (position.update() > updates
        || position.step() != (long) position.epoch() * updates + position.update()) {
      throw new TrainingException(
          "the checkpoint is of step "
              + position.step()
              + ", in epochs of another number of updates than the "
              + updates
              + " of now; allowed training examples as many and as long as before");
    }
  }

  private List<List<Labelled<Y>>> updates(List<Labelled<Y>> batches) {
    List<List<Labelled<Y>>> updates = new ArrayList<>();
    for (int from = 0; from < batches.size(); from += config.accumulation()) {
      updates.add(batches.subList(from, Math.min(batches.size(), from + config.accumulation())));
    }
    return updates;
  }

  private void epoch(List<List<Labelled<Y>>> updates) {
    long total = (long) updates.size() * config.epochs();
    Schedule schedule = new Schedule(config.schedule(), Math.round(config.warmup() * total), total);
    int every = config.evaluation().everySteps().orElse(Integer.MAX_VALUE);
    while (progress.position().update() < updates.size() && !hasStopped()) {
      update(updates.get(progress.position().update()), schedule);
      if (progress.position().step() % every == 0) {
        evaluate(false);
      }
      checkpoint();
      ended = listener.endsHere();
    }
    Progress.Position end = progress.position();
    boolean whole = end.update() == updates.size();
    if (whole) {
      trainer.recipe().endEpoch(end.epoch());
    }
    if (every == Integer.MAX_VALUE || end.step() == total || ended) {
      evaluate(true);
    }
    if (whole) {
      listener.onEpochEnd(end.step(), end.epoch());
    }
    progress = progress.at(end.nextEpoch());
  }

  private void update(List<Labelled<Y>> batches, Schedule schedule) {
    double factor = schedule.factor(progress.position().step());
    Trainer.Step done = trainer.step(batches, factor);
    progress = progress.at(progress.position().afterUpdate());
    listener.onStep(progress.position().step(), schedule.total(), done, factor * config.lr());
  }

  private void checkpoint() {
    long step = progress.position().step();
    boolean stop = checkpoints.stopRequested();
    if (stop || checkpoints.due(step)) {
      checkpoints.save(progress.with(trainer.snapshot()));
    }
    if (stop) {
      throw new TrainingStopped(step);
    }
  }

  private void evaluate(boolean endOfEpoch) {
    Progress.Position position = progress.position();
    List<Prediction<Y>> predictions =
        data.decide().apply(Evaluator.predict(trainer.recipe().scored(), data.dev()));
    Map<String, OptionalDouble> metrics = data.score().apply(predictions);
    listener.onEvaluation(position.step(), position.epoch(), metrics);
    Map<String, Double> means = means(predictions);
    if (!means.isEmpty()) {
      listener.onTrace(position.step(), means);
    }
    Criterion criterion = data.criterion();
    OptionalDouble value = metrics.getOrDefault(criterion.metric(), OptionalDouble.empty());
    progress = progress.with(better(criterion.goodness(value)));
    if (endOfEpoch) {
      OptionalDouble best = criterion.better().value(progress.best().goodness());
      guards.warnings(position.epoch(), predictions, value, best).forEach(this::warn);
    }
  }

  private Progress.Best better(double goodness) {
    Progress.Best best = progress.best();
    if (goodness > best.goodness()) {
      Map<String, HostTensor> values = keepsBest() ? trainer.values() : Map.of();
      return new Progress.Best(goodness, progress.position().step(), 0, values);
    }
    return best.withoutBetter();
  }

  /** Of each traced value, over the examples. */
  private static Map<String, Double> means(List<? extends Prediction<?>> predictions) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (Prediction<?> prediction : predictions) {
      prediction
          .trace()
          .forEach((name, value) -> means.merge(name, value / predictions.size(), Double::sum));
    }
    return means;
  }

  private void warn(String message) {
    progress = progress.warned(message);
    listener.onWarning(message);
  }

  private boolean keepsBest() {
    return config.keep() == TrainConfig.Keep.BEST || config.earlyStopping().isPresent();
  }

  private boolean hasStopped() {
    return ended
        || config
            .earlyStopping()
            .map(stopping -> progress.best().evaluationsSince() >= stopping.patience())
            .orElse(false);
  }

  /** Puts the state to keep in place, and gives the step after which it stood. */
  private long keep() {
    Progress.Best best = progress.best();
    if (!keepsBest() || best.values().isEmpty()) {
      return progress.position().step();
    }
    trainer.restore(best.values());
    return best.step();
  }
}
