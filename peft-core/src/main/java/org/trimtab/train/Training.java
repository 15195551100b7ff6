package org.trimtab.train;

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
import org.trimtab.model.Model;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.UpdateRule;

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
  private final Checkpoints checkpoints;

  /**
   * What a training reads.
   *
   * @param epoch the training examples' batches of an epoch (from 0)
   * @param dev what is predicted while training
   * @param decide what the task makes of dev's predictions
   * @param score the metrics of dev's predictions
   * @param metric the one that counts: higher is better
   * @param baseline its value without a model
   */
  public record Data<Y>(
      IntFunction<List<Labelled<Y>>> epoch,
      List<Batch> dev,
      UnaryOperator<List<Prediction<Y>>> decide,
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
      TrainingListener listener,
      Checkpoints checkpoints) {
    this.model = model;
    this.config = config;
    this.data = data;
    this.streams = streams;
    this.listener = listener;
    this.checkpoints = checkpoints;
  }

  /**
   * Trains, from the last checkpoint where there is one; afterwards the model holds the state to
   * keep.
   *
   * @throws TrainingStopped if the checkpoints asked for it
   * @throws TrainingException if the run can't go on
   */
  public Outcome run() {
    try (Optimizer optimizer = new Optimizer(model.params(), config.optimizer().rule(), rates())) {
      Trainer<Y> trainer = new Trainer<>(model, optimizer, streams);
      return new TrainingLoop<>(model, config, data, trainer, optimizer, listener, checkpoints)
          .run();
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
}
