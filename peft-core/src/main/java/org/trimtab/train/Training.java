package org.trimtab.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.trimtab.task.Batch;
import org.trimtab.task.Prediction;
import org.trimtab.tensor.RandomStreams;

/**
 * The loop around the training step: epochs, schedule, evaluations, early stopping, guards.
 *
 * @param <Y> a gold value
 */
public final class Training<Y> {
  private final Model<Y> model;
  private final TrainConfig config;
  private final Data<Y> data;
  private final RandomStreams streams;
  private final TrainingListener listener;

  /**
   * What a training reads.
   *
   * @param epoch the training examples' batches of an epoch (from 0)
   * @param gold of each training example, by its index
   * @param dev what is predicted while training
   * @param score the metrics of dev's predictions
   * @param metric the one that counts: higher is better
   * @param baseline its value without a model
   */
  public record Data<Y>(
      IntFunction<List<Batch>> epoch,
      List<Y> gold,
      EncodedSplit<Y> dev,
      Function<List<Prediction<Y>>, Map<String, OptionalDouble>> score,
      String metric,
      double baseline) {}

  /**
   * How a training ended.
   *
   * @param steps updates made
   * @param bestStep after which the kept state stood
   * @param warnings what the guards saw
   */
  public record Outcome(long steps, long bestStep, List<String> warnings) {}

  public Training(
      Model<Y> model,
      TrainConfig config,
      Data<Y> data,
      RandomStreams streams,
      TrainingListener listener) {
    this.model = model;
    this.config = config;
    this.data = data;
    this.streams = streams;
    this.listener = listener;
  }

  /**
   * Trains; afterwards the model holds the state to keep.
   *
   * @throws TrainingException if the run can't go on
   */
  public Outcome run() {
    try (Optimizer optimizer = new Optimizer(model.params(), config.optimizer().rule(), rates())) {
      return new Loop(new Trainer<>(model, optimizer, streams)).run();
    }
  }

  private Map<String, UpdateRule.Rate> rates() {
    Map<String, UpdateRule.Rate> rates = new LinkedHashMap<>();
    for (String group : model.params().groups()) {
      TrainConfig.Group own = config.groups().get(group);
      rates.put(
          group,
          own == null
              ? new UpdateRule.Rate(config.lr(), config.weightDecay())
              : new UpdateRule.Rate(
                  own.lr().orElse(config.lr()), own.weightDecay().orElse(config.weightDecay())));
    }
    return rates;
  }

  /** The state of one run. */
  private final class Loop {
    private final Trainer<Y> trainer;
    private final List<String> warnings = new ArrayList<>();
    private long step;
    private long bestStep;
    private double best = Double.NEGATIVE_INFINITY;
    private List<double[]> bestState = List.of();
    private int evaluationsWithoutBetter;

    Loop(Trainer<Y> trainer) {
      this.trainer = trainer;
    }

    Outcome run() {
      Schedule schedule = null;
      for (int epoch = 0; epoch < config.epochs() && !stopped(); epoch++) {
        List<List<Batch>> updates = updates(data.epoch().apply(epoch));
        if (schedule == null) {
          long total = (long) updates.size() * config.epochs();
          schedule = new Schedule(config.schedule(), Math.round(config.warmup() * total), total);
        }
        epoch(epoch, updates, schedule);
      }
      keep();
      return new Outcome(step, bestStep, warnings);
    }

    private void epoch(int epoch, List<List<Batch>> updates, Schedule schedule) {
      int every = config.evaluation().everySteps().orElse(Integer.MAX_VALUE);
      for (int i = 0; i < updates.size() && !stopped(); i++) {
        List<Trainer.Labelled<Y>> batches = updates.get(i).stream().map(this::labelled).toList();
        double factor = schedule.factor(step);
        Trainer.Step done = trainer.step(batches, factor, config.clip());
        step++;
        listener.onStep(step, schedule.total(), done, factor * config.lr());
        if (step % every == 0) {
          evaluate(epoch, false);
        }
      }
      if (every == Integer.MAX_VALUE || step == schedule.total()) {
        evaluate(epoch, true);
      }
    }

    private Trainer.Labelled<Y> labelled(Batch batch) {
      return new Trainer.Labelled<>(batch, batch.indices().stream().map(data.gold()::get).toList());
    }

    private List<List<Batch>> updates(List<Batch> batches) {
      List<List<Batch>> updates = new ArrayList<>();
      for (int from = 0; from < batches.size(); from += config.accumulation()) {
        updates.add(batches.subList(from, Math.min(batches.size(), from + config.accumulation())));
      }
      return updates;
    }

    private void evaluate(int epoch, boolean endOfEpoch) {
      List<Prediction<Y>> predictions =
          Evaluator.predict(model, data.dev().batches(), data.dev().gold().size());
      Map<String, OptionalDouble> metrics = data.score().apply(predictions);
      listener.onEvaluation(step, epoch, metrics);
      double value = value(metrics);
      if (value > best) {
        best = value;
        bestStep = step;
        evaluationsWithoutBetter = 0;
        bestState = keepsBest() ? model.params().snapshot(model.tensors()) : List.of();
      } else {
        evaluationsWithoutBetter++;
      }
      if (endOfEpoch) {
        guard(epoch, predictions, value);
      }
    }

    private double value(Map<String, OptionalDouble> metrics) {
      String name =
          config.earlyStopping().flatMap(TrainConfig.EarlyStopping::metric).orElse(data.metric());
      OptionalDouble value = metrics.getOrDefault(name, OptionalDouble.empty());
      return value.orElse(Double.NEGATIVE_INFINITY);
    }

    private void guard(int epoch, List<Prediction<Y>> predictions, double value) {
      if (predictions.stream().map(Prediction::value).distinct().count() == 1) {
        warn(
            "after epoch "
                + (epoch + 1)
                + " every dev example is predicted as "
                + predictions.get(0).value()
                + ": the model has collapsed, or has not begun to learn");
      }
      boolean last = epoch == config.epochs() - 1;
      if (last && best <= data.baseline()) {
        warn("the dev score never rose above the baseline's: the model has learnt nothing");
      }
      if (value == Double.NEGATIVE_INFINITY) {
        warn("after epoch " + (epoch + 1) + " the metric '" + data.metric() + "' is undefined");
      }
    }

    private void warn(String message) {
      warnings.add(message);
      listener.onWarning(message);
    }

    private boolean keepsBest() {
      return config.keep() == TrainConfig.Keep.BEST || config.earlyStopping().isPresent();
    }

    private boolean stopped() {
      return config
          .earlyStopping()
          .map(stopping -> evaluationsWithoutBetter >= stopping.patience())
          .orElse(false);
    }

    private void keep() {
      if (keepsBest() && !bestState.isEmpty()) {
        model.params().restore(model.tensors(), bestState);
      } else {
        bestStep = step;
      }
    }
  }
}
