package org.trimtab.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import org.trimtab.batch.Batches;
import org.trimtab.batch.Labelled;
import org.trimtab.recipe.Recipe;
import org.trimtab.task.Split;
import org.trimtab.task.Splits;
import org.trimtab.task.Task;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.train.Checkpoints;
import org.trimtab.train.Criterion;
import org.trimtab.train.TrainConfig;
import org.trimtab.train.Trainer;
import org.trimtab.train.Training;
import org.trimtab.train.TrainingListener;

/**
 * The training of a task's model on the task's splits.
 *
 * @param <Y> a gold value
 */
public final class TaskTraining<Y> {
  private final TaskModel<Y> tuned;
  private final Recipe<Y> recipe;
  private final Splits<Y> splits;
  private final List<String> warnings = new ArrayList<>();
  private long truncated;
  private double padding;

  /**
   * A training that moves {@code tuned}'s parameters.
   *
   * @param recipe whose scored model is that of {@code tuned}
   */
  public TaskTraining(TaskModel<Y> tuned, Recipe<Y> recipe, Splits<Y> splits) {
    this.tuned = tuned;
    this.recipe = recipe;
    this.splits = splits;
  }

  /** How many training and dev examples lost tokens; known after the training. */
  public long truncated() {
    return truncated;
  }

  /** The share of the first epoch's tokens that are padding; known after the training. */
  public double padding() {
    return padding;
  }

  /** What is wrong with the examples; known after the training. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Notes what is wrong before the training begins, which then says it. */
  public void warn(String warning) {
    warnings.add(warning);
  }

  /** Trains the model in place, from the last checkpoint where there is one. */
  public Training.Outcome train(TrainingListener listener, Checkpoints checkpoints) {
    TrainConfig config = config();
    RandomStreams streams = new RandomStreams(tuned.sources().seed());
    Encoded train = tuned.encoded(splits.train());
    Encoded dev = tuned.encoded(splits.dev());
    truncated = train.truncated() + dev.truncated();
    warn(train, dev);
    Optional<String> states = tuned.model().states().begin(train.tokens() + dev.tokens());
    if (checkpoints.last().isEmpty()) { // else they were said, and logged, before
      states.ifPresent(listener::onNote);
      warnings.forEach(listener::onWarning);
    }
    Training.Data<Y> data = data(train, dev, streams);
    try (Trainer<Y> trainer = Trainer.of(recipe, config, streams)) {
      return new Training<>(trainer, config, data, listener, checkpoints).run();
    }
  }

  private void warn(Encoded train, Encoded dev) {
    warnings.addAll(tuned.sources().backbone().warnings());
    warnings.addAll(tuned.model().module().warnings());
    warnings.addAll(Encoded.warnings(List.of(train, dev)));
    splits.train().absent(task().words()).stream()
        .map(word -> "no training example is of the class '" + word + "': it can't be learnt")
        .forEach(warnings::add);
  }

  /** What the training reads: batches of train, and the part of dev that is enough meanwhile. */
  private Training.Data<Y> data(Encoded train, Encoded dev, RandomStreams streams) {
    TrainConfig config = config();
    int examples = config.evaluation().examples().orElse(Integer.MAX_VALUE);
    Split<Y> part = splits.dev().first(examples);
    int evaluated = part.examples().size();
    IntFunction<List<Labelled<Y>>> epochs =
        epoch ->
            Batches.shuffled(
                train.examples(),
                splits.train().gold(),
                config.batchSize(),
                streams.stream("order/" + epoch));
    padding = Batches.padding(epochs.apply(0).stream().map(Labelled::batch).toList());
    return new Training.Data<>(
        epochs,
        Batches.ordered(dev.examples().subList(0, evaluated), config.evaluation().batchSize()),
        predictions -> task().decide(part.examples(), predictions),
        predictions -> task().score(part, predictions),
        criterion(),
        task()::format);
  }

  private Criterion criterion() {
    String metric = config().counted(task().mainMetric());
    OptionalDouble baseline = task().baseline(metric, splits.dev(), splits.train());
    return new Criterion(metric, task().better(metric), baseline);
  }

  private TrainConfig config() {
    return tuned.sources().config().train();
  }

  private Task<Y> task() {
    return tuned.sources().task();
  }
}
