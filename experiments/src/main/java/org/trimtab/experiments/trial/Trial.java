package org.trimtab.experiments.trial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.batch.Batches;
import org.trimtab.batch.Labelled;
import org.trimtab.experiments.engine.InferenceEngine;
import org.trimtab.experiments.process.PeakMemory;
import org.trimtab.experiments.runs.Estimate;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.input.TokenFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.head.Prediction;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.recipe.Recipe;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.train.Checkpoints;
import org.trimtab.train.Criterion;
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
  private final Recipe<Y> recipe;
  private final Predictor<Y> predictor;
  private final List<String> warnings = new ArrayList<>();
  private long truncated;

  Trial(TrialInputs<Y> inputs, Recipe<Y> recipe) {
    this(inputs, recipe, Evaluator.computing(recipe.scored()));
  }

  private Trial(TrialInputs<Y> inputs, Recipe<Y> recipe, Predictor<Y> predictor) {
    this.inputs = inputs;
    this.recipe = recipe;
    this.predictor = predictor;
  }

  /** The same data with the smallest form of the model, which predicts the same. */
  Trial<Y> folded() {
    return new Trial<>(inputs, new PlainRecipe<>(model().fold()));
  }

  /** With the model that was saved in {@code folder}, which {@code engine} runs. */
  static <Y> Trial<Y> ofSaved(
      TrialInputs<Y> inputs, RunFolder folder, MethodRegistry methods, InferenceEngine engine) {
    InferenceEngine.Backing backing = engine.open(Assembly.precision(inputs));
    Model<Y> model = new Assembly(methods).createSaved(inputs, folder, backing.tensors());
    try {
      Predictor<Y> predictor = backing.predictor(model, inputs.task().spec());
      return new Trial<>(inputs, new PlainRecipe<>(model), predictor);
    } catch (RuntimeException e) {
      model.backbone().close();
      throw e;
    }
  }

  private Encoded encode(Split<Y> split) {
    int length = inputs.config().data().maximumLength();
    TextRoom room = TextRoom.of(length, model().backbone().spec(), model().module());
    return Encoded.of(
        TokenFiles.ofUser()
            .encode(
                split.examples(),
                inputs.backbone().tokenizer(),
                inputs.backbone().encodingSha256(),
                room.tokens()));
  }

  Recipe<Y> recipe() {
    return recipe;
  }

  Model<Y> model() {
    return recipe.scored();
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

  /** Notes what is wrong before the training begins, which then says it. */
  void warn(String warning) {
    warnings.add(warning);
  }

  /** A metric on {@code split} without a model. */
  OptionalDouble baseline(String metric, Split<Y> split) {
    return inputs.task().baseline(metric, split, inputs.splits().train());
  }

  /** Trains the model in place, from the last checkpoint where there is one. */
  Training.Outcome train(TrainingListener listener, Checkpoints checkpoints) {
    TrainConfig config = inputs.config().train();
    RandomStreams streams = new RandomStreams(inputs.seed());
    Encoded train = encode(inputs.splits().train());
    Encoded dev = encode(inputs.splits().dev());
    truncated = train.truncated() + dev.truncated();
    warnings.addAll(inputs.backbone().warnings());
    warnings.addAll(model().module().warnings());
    warnings.addAll(Encoded.warnings(List.of(train, dev)));
    inputs.splits().train().absent(inputs.task().words()).stream()
        .map(word -> "no training example is of the class '" + word + "': it can't be learnt")
        .forEach(warnings::add);
    if (checkpoints.last().isEmpty()) { // else they were said, and logged, before
      warnings.forEach(listener::onWarning);
    }
    Training.Data<Y> data = data(train, dev, streams);
    try (Trainer<Y> trainer = Trainer.of(recipe, config, streams)) {
      return new Training<>(trainer, config, data, listener, checkpoints).run();
    }
  }

  /** What the training reads: batches of train, and the part of dev that is enough meanwhile. */
  private Training.Data<Y> data(Encoded train, Encoded dev, RandomStreams streams) {
    TrainConfig config = inputs.config().train();
    Splits<Y> splits = inputs.splits();
    Task<Y> task = inputs.task();
    int examples = config.evaluation().examples().orElse(Integer.MAX_VALUE);
    Split<Y> part = splits.dev().first(examples);
    int evaluated = part.examples().size();
    return new Training.Data<>(
        epoch ->
            Batches.shuffled(
                train.examples(),
                splits.train().gold(),
                config.batch(),
                streams.stream("order/" + epoch)),
        Batches.ordered(dev.examples().subList(0, evaluated), config.evaluation().batch()),
        predictions -> task.decide(part.examples(), predictions),
        predictions -> task.score(part, predictions),
        criterion(),
        task::format);
  }

  private Criterion criterion() {
    Task<Y> task = inputs.task();
    String metric = inputs.config().train().counted(task.mainMetric());
    return new Criterion(metric, task.better(metric), baseline(metric, inputs.splits().dev()));
  }

  /** What the training will take; nothing of the model moves. */
  Estimate estimate() {
    PeakMemory.reset();
    double perBatch = secondsPerBatch();
    return new Estimate(
        ResultMaker.parameters(model()),
        inputs.splits().train().examples().size(),
        inputs
            .splits()
            .dev()
            .first(inputs.config().train().evaluation().examples().orElse(Integer.MAX_VALUE))
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
    Params params = recipe.params();
    params.groups().forEach(group -> rates.put(group, new UpdateRule.Rate(0, 0)));
    UpdateRule rule = inputs.config().train().optimizer().rule();
    try (Optimizer optimizer = new Optimizer(params, rule, rates, model().tensors())) {
      Trainer<Y> trainer = new Trainer<>(recipe, optimizer, recipe.transforms(), streams);
      long start = System.nanoTime();
      for (int i = 0; i < batches.size(); i++) {
        start = i == Math.min(WARM_UP, batches.size() - 1) ? System.nanoTime() : start;
        trainer.step(List.of(batches.get(i)), 1);
      }
      return (System.nanoTime() - start) / 1e9 / Math.max(1, batches.size() - WARM_UP);
    }
  }

  /** Predictions of a split, in its order. */
  List<Prediction<Y>> predict(Split<Y> split) {
    Encoded encoded = encode(split);
    int batch = inputs.config().train().evaluation().batch();
    List<Prediction<Y>> predictions =
        Evaluator.predict(predictor, Batches.ordered(encoded.examples(), batch));
    return inputs.task().decide(split.examples(), predictions);
  }

  /** Which examples of a split lose tokens. */
  List<Boolean> truncated(Split<Y> split) {
    return encode(split).whichTruncated();
  }

  /**
   * What a model says of its dev sets.
   *
   * @param metrics of dev, and those of further dev sets behind their name
   * @param predictions of the split that the trial's score is of
   */
  record Scores<Y>(Map<String, OptionalDouble> metrics, List<Prediction<Y>> predictions) {
    /** Whether all examples got the same value: the model has collapsed to a constant. */
    boolean constant() {
      return predictions.stream().map(Prediction::value).distinct().count() <= 1;
    }
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
    predictor.close();
    recipe.close();
    model().backbone().close();
  }
}
