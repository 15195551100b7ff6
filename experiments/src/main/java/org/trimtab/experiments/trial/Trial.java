package org.trimtab.experiments.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.batch.Batches;
import org.trimtab.batch.Labelled;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.head.Prediction;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.train.Checkpoints;
import org.trimtab.train.TrainConfig;
import org.trimtab.train.Trainer;
import org.trimtab.train.Training;
import org.trimtab.train.TrainingListener;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.UpdateRule;

/** One experiment with one seed, in memory: its model and its data as token ids. */
final class Trial<Y> implements AutoCloseable {
  private static final int WARM_UP = 2;
  private static final int MEASURED = 5;
  private final TrialInputs<Y> inputs;
  private final Model<Y> model;
  private final List<String> warnings = new ArrayList<>();
  private long truncated;

  Trial(TrialInputs<Y> inputs, Model<Y> model) {
    this.inputs = inputs;
    this.model = model;
  }

  /** With the model that was saved in {@code folder}. */
  static <Y> Trial<Y> ofSaved(TrialInputs<Y> inputs, RunFolder folder, MethodRegistry methods) {
    Model<Y> model = new Assembly(methods).createFolded(inputs);
    new AdapterFiles(folder.savedAdapter()).load(model, inputs);
    return new Trial<>(inputs, model);
  }

  private Encoded encode(Split<Y> split) {
    int room = inputs.config().data().maximumLength() - model.module().promptLength();
    return Encoded.of(
        TokenFiles.ofUser()
            .encode(
                split.examples(),
                inputs.backbone().tokenizer(),
                inputs.backbone().tokenizerSha256(),
                room));
  }

  Model<Y> model() {
    return model;
  }

  TrialInputs<Y> inputs() {
    return inputs;
  }

  /** How many training and dev examples lost tokens; known after the training. */
  long truncated() {
    return truncated;
  }

  /** What is wrong with the examples; known after the training. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** The main metric on {@code split} without a model. */
  double baseline(Split<Y> split) {
    return inputs.task().baseline(split, inputs.splits().train());
  }

  /** Trains the model in place, from the last checkpoint where there is one. */
  Training.Outcome train(TrainingListener listener, Checkpoints checkpoints) {
    TrainConfig config = inputs.config().train();
    RandomStreams streams = new RandomStreams(inputs.seed());
    Splits<Y> splits = inputs.splits();
    Task<Y> task = inputs.task();
    Encoded train = encode(splits.train());
    Encoded dev = encode(splits.dev());
    truncated = train.truncated() + dev.truncated();
    if (train.lost() + dev.lost() > 0) {
      warnings.add(
          (train.lost() + dev.lost())
              + " examples lost a whole text: a larger data.maximum_length or a shorter prompt"
              + " leaves room for it");
    }
    if (train.lostSpans() + dev.lostSpans() > 0) {
      warnings.add(
          (train.lostSpans() + dev.lostSpans())
              + " examples lost a marked place, for which the head reads [CLS]: a larger"
              + " data.maximum_length leaves room for it");
    }
    if (checkpoints.last().isEmpty()) { // else they were said, and logged, before
      warnings.forEach(listener::onWarning);
    }
    int rows = config.evaluation().rows().orElse(Integer.MAX_VALUE);
    Split<Y> part = splits.dev().first(rows);
    int evaluated = part.examples().size();
    Training.Data<Y> data =
        new Training.Data<>(
            epoch ->
                Batches.shuffled(
                    train.examples(),
                    splits.train().gold(),
                    config.batch(),
                    streams.stream("order/" + epoch)),
            Batches.ordered(dev.examples().subList(0, evaluated), config.evaluation().batch()),
            predictions -> task.decide(part.examples(), predictions),
            predictions -> task.score(part, predictions),
            task.mainMetric(),
            baseline(splits.dev()));
    return new Training<>(model, config, data, streams, listener, checkpoints).run();
  }

  /** What the training will take; nothing of the model moves. */
  Estimate estimate() {
    PeakMemory.reset();
    double perBatch = secondsPerBatch();
    Map<String, Long> parameters = Result.parameters(model);
    return new Estimate(
        parameters.getOrDefault(Result.TRAINABLE, 0L),
        parameters.getOrDefault(Result.TOTAL, 0L),
        inputs.splits().train().examples().size(),
        inputs
            .splits()
            .dev()
            .first(inputs.config().train().evaluation().rows().orElse(Integer.MAX_VALUE))
            .examples()
            .size(),
        inputs.splits().withGold().stream().mapToLong(s -> s.examples().size()).sum(),
        perBatch,
        PeakMemory.mebibytes());
  }

  /**
   * The time of one batch of the first ones, after a warm-up; nothing moves: the learning rate is
   * 0.
   */
  private double secondsPerBatch() {
    Encoded train = encode(inputs.splits().train());
    RandomStreams streams = new RandomStreams(inputs.seed());
    int size = inputs.config().train().batch();
    List<Y> gold = inputs.splits().train().gold();
    List<Labelled<Y>> batches =
        Batches.shuffled(train.examples(), gold, size, streams.stream("order/0")).stream()
            .limit(WARM_UP + MEASURED)
            .toList();
    Map<String, UpdateRule.Rate> rates = new LinkedHashMap<>();
    model.params().groups().forEach(group -> rates.put(group, new UpdateRule.Rate(0, 0)));
    UpdateRule rule = inputs.config().train().optimizer().rule();
    try (Optimizer optimizer = new Optimizer(model.params(), rule, rates)) {
      Trainer<Y> trainer = new Trainer<>(model, optimizer, streams);
      long start = System.nanoTime();
      for (int i = 0; i < batches.size(); i++) {
        start = i == Math.min(WARM_UP, batches.size() - 1) ? System.nanoTime() : start;
        trainer.step(List.of(batches.get(i)), 1, 0);
      }
      return (System.nanoTime() - start) / 1e9 / Math.max(1, batches.size() - WARM_UP);
    }
  }

  /** Predictions of a split, in its order. */
  List<Prediction<Y>> predict(Split<Y> split) {
    Encoded encoded = encode(split);
    int batch = inputs.config().train().evaluation().batch();
    List<Prediction<Y>> predictions =
        Evaluator.predict(model, Batches.ordered(encoded.examples(), batch));
    return inputs.task().decide(split.examples(), predictions);
  }

  /** Which examples of a split lose tokens. */
  List<Boolean> truncated(Split<Y> split) {
    return encode(split).whichTruncated();
  }

  /** What the model says of every dev set. */
  Scores<Y> scores() {
    Splits<Y> splits = inputs.splits();
    Map<String, OptionalDouble> metrics = new LinkedHashMap<>();
    List<Prediction<Y>> scored = List.of();
    for (Split<Y> split : splits.withGold()) {
      List<Prediction<Y>> predictions = predict(split);
      scored = split.name().equals(inputs.scored().name()) ? predictions : scored;
      String prefix = inputs.metricPrefix(split);
      inputs
          .task()
          .score(split, predictions)
          .forEach((name, value) -> metrics.put(prefix + name, value));
    }
    return new Scores<>(metrics, scored);
  }

  @Override
  public void close() {
    model.backbone().close();
  }
}
