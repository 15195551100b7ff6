package org.trimtab.experiments.trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.batch.BatchSize;
import org.trimtab.batch.Batches;
import org.trimtab.batch.Labelled;
import org.trimtab.experiments.engine.InferenceEngine;
import org.trimtab.experiments.process.PeakMemory;
import org.trimtab.experiments.runs.Estimate;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.input.TokenFiles;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.head.Prediction;
import org.trimtab.model.Model;
import org.trimtab.model.Predictor;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.recipe.Recipe;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.UpdateRule;
import org.trimtab.tuning.ModelAssembly;
import org.trimtab.tuning.ModelSources;
import org.trimtab.tuning.TaskModel;
import org.trimtab.tuning.TaskTraining;

/** One experiment with one seed, in memory: its model and its data as token ids. */
final class Trial<Y> implements AutoCloseable {
  private static final int WARM_UP = 2;
  private static final int MEASURED = 5;
  private final TrialInputs<Y> inputs;
  private final Recipe<Y> recipe;
  private final TaskModel<Y> tuned;
  private final TaskTraining<Y> training;

  Trial(TrialInputs<Y> inputs, Recipe<Y> recipe) {
    this(inputs, recipe, new TaskModel<>(inputs.sources(), recipe.scored(), TokenFiles.ofUser()));
  }

  private Trial(TrialInputs<Y> inputs, Recipe<Y> recipe, TaskModel<Y> tuned) {
    this.inputs = inputs;
    this.recipe = recipe;
    this.tuned = tuned;
    training = new TaskTraining<>(tuned, recipe, inputs.splits());
  }

  /** The same data with the smallest form of the model, which predicts the same. */
  Trial<Y> folded() {
    TaskModel<Y> folded = tuned.folded();
    return new Trial<>(inputs, new PlainRecipe<>(folded.model()), folded);
  }

  /** With the model that was saved in {@code folder}, which {@code engine} runs. */
  static <Y> Trial<Y> ofSaved(
      TrialInputs<Y> inputs, RunFolder folder, MethodRegistry methods, InferenceEngine engine) {
    ModelSources<Y> sources = inputs.sources();
    InferenceEngine.Backing backing = engine.open(sources);
    Model<Y> model =
        new ModelAssembly(methods).createSaved(sources, folder.savedAdapter(), backing.tensors());
    try {
      Predictor<Y> predictor = backing.predictor(model, inputs.task().spec());
      return new Trial<>(
          inputs,
          new PlainRecipe<>(model),
          new TaskModel<>(sources, model, predictor, TokenFiles.ofUser()));
    } catch (RuntimeException e) {
      model.backbone().close();
      throw e;
    }
  }

  Recipe<Y> recipe() {
    return recipe;
  }

  Model<Y> model() {
    return tuned.model();
  }

  TrialInputs<Y> inputs() {
    return inputs;
  }

  /** The training of the model, and what it finds wrong with the examples. */
  TaskTraining<Y> training() {
    return training;
  }

  /** A metric on {@code split} without a model. */
  OptionalDouble baseline(String metric, Split<Y> split) {
    return inputs.task().baseline(metric, split, inputs.splits().train());
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
    List<List<Encoding>> train = tuned.encode(inputs.splits().train());
    RandomStreams streams = new RandomStreams(inputs.seed());
    BatchSize size = inputs.config().train().batchSize();
    List<Y> gold = inputs.splits().train().gold();
    List<Labelled<Y>> batches =
        Batches.shuffled(train, gold, size, streams.stream("order/0")).stream()
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

  /** Predictions of a split, with what was cut. */
  TaskModel.Predictions<Y> predict(Split<Y> split) {
    return tuned.predict(split);
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
      List<Prediction<Y>> predictions = predict(split).all();
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
    recipe.close();
    tuned.close();
  }
}
