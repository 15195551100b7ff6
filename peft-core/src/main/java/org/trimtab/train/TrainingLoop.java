package org.trimtab.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.batch.Labelled;
import org.trimtab.head.Prediction;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.Schedule;

/** One run of a {@link Training}, and its state. */
final class TrainingLoop<Y> {
  private final Model<Y> model;
  private final TrainConfig config;
  private final Training.Data<Y> data;
  private final Trainer<Y> trainer;
  private final Optimizer optimizer;
  private final TrainingListener listener;
  private final Checkpoints checkpoints;
  private final Guards guards;
  private final List<String> warnings = new ArrayList<>();
  private int epoch;
  private int update;
  private long step;
  private long bestStep;
  private double best = Double.NEGATIVE_INFINITY;
  private List<double[]> bestValues = List.of();
  private int evaluationsWithoutBetter;

  TrainingLoop(
      Model<Y> model,
      TrainConfig config,
      Training.Data<Y> data,
      Trainer<Y> trainer,
      Optimizer optimizer,
      TrainingListener listener,
      Checkpoints checkpoints) {
    this.model = model;
    this.config = config;
    this.data = data;
    this.trainer = trainer;
    this.optimizer = optimizer;
    this.listener = listener;
    this.checkpoints = checkpoints;
    guards = new Guards(config.epochs(), data.metric(), data.baseline());
  }

  Training.Outcome run() {
    checkpoints.last().ifPresent(this::restore);
    while (epoch < config.epochs() && !hasStopped()) {
      List<List<Labelled<Y>>> updates = updates(data.epoch().apply(epoch));
      long total = (long) updates.size() * config.epochs();
      epoch(updates, new Schedule(config.schedule(), Math.round(config.warmup() * total), total));
      epoch++;
      update = 0;
    }
    keep();
    return new Training.Outcome(step, bestStep, List.copyOf(warnings));
  }

  private void restore(TrainingState state) {
    epoch = state.epoch();
    update = state.update();
    step = state.step();
    best = state.best();
    bestStep = state.bestStep();
    bestValues = state.bestValues();
    evaluationsWithoutBetter = state.evaluationsWithoutBetter();
    warnings.addAll(state.warnings());
    model.params().restore(model.tensors(), state.values());
    optimizer.restore(state.optimizer());
    listener.onResume(step);
  }

  private TrainingState state() {
    return new TrainingState(
        step,
        epoch,
        update,
        best,
        bestStep,
        evaluationsWithoutBetter,
        List.copyOf(warnings),
        model.params().snapshot(model.tensors()),
        bestValues,
        optimizer.state());
  }

  private void epoch(List<List<Labelled<Y>>> updates, Schedule schedule) {
    int every = config.evaluation().everySteps().orElse(Integer.MAX_VALUE);
    while (update < updates.size() && !hasStopped()) {
      double factor = schedule.factor(step);
      Trainer.Step done = trainer.step(updates.get(update), factor, config.clip());
      step++;
      update++;
      listener.onStep(step, schedule.total(), done, factor * config.lr());
      if (step % every == 0) {
        evaluate(false);
      }
      checkpoint();
    }
    if (every == Integer.MAX_VALUE || step == schedule.total()) {
      evaluate(true);
    }
  }

  private void checkpoint() {
    boolean stop = checkpoints.stopRequested();
    if (stop || checkpoints.due(step)) {
      checkpoints.save(state());
    }
    if (stop) {
      throw new TrainingStopped(step);
    }
  }

  private List<List<Labelled<Y>>> updates(List<Labelled<Y>> batches) {
    List<List<Labelled<Y>>> updates = new ArrayList<>();
    for (int from = 0; from < batches.size(); from += config.accumulation()) {
      updates.add(batches.subList(from, Math.min(batches.size(), from + config.accumulation())));
    }
    return updates;
  }

  private void evaluate(boolean endOfEpoch) {
    List<Prediction<Y>> predictions = data.decide().apply(Evaluator.predict(model, data.dev()));
    Map<String, OptionalDouble> metrics = data.score().apply(predictions);
    listener.onEvaluation(step, epoch, metrics);
    Map<String, Double> means = means(predictions);
    if (!means.isEmpty()) {
      listener.onTrace(step, means);
    }
    double value = value(metrics);
    if (value > best) {
      best = value;
      bestStep = step;
      evaluationsWithoutBetter = 0;
      bestValues = keepsBest() ? model.params().snapshot(model.tensors()) : List.of();
    } else {
      evaluationsWithoutBetter++;
    }
    if (endOfEpoch) {
      guards.warnings(epoch, predictions, value, best).forEach(this::warn);
    }
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
    warnings.add(message);
    listener.onWarning(message);
  }

  private double value(Map<String, OptionalDouble> metrics) {
    String name =
        config.earlyStopping().flatMap(TrainConfig.EarlyStopping::metric).orElse(data.metric());
    OptionalDouble value = metrics.getOrDefault(name, OptionalDouble.empty());
    return value.orElse(Double.NEGATIVE_INFINITY);
  }

  private boolean keepsBest() {
    return config.keep() == TrainConfig.Keep.BEST || config.earlyStopping().isPresent();
  }

  private boolean hasStopped() {
    return config
        .earlyStopping()
        .map(stopping -> evaluationsWithoutBetter >= stopping.patience())
        .orElse(false);
  }

  private void keep() {
    if (keepsBest() && !bestValues.isEmpty()) {
      model.params().restore(model.tensors(), bestValues);
    } else {
      bestStep = step;
    }
  }
}
