package org.trimtab.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.task.Batch;
import org.trimtab.tensor.DjlTensor;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;

/** One optimization step over a backbone, frozen or not. */
public final class Trainer<Y> {
  private final Model<Y> model;
  private final Optimizer optimizer;
  private final RandomStreams streams;

  public Trainer(Model<Y> model, Optimizer optimizer, RandomStreams streams) {
    this.model = model;
    this.optimizer = optimizer;
    this.streams = streams;
  }

  /** A batch with its gold values. */
  public record Labelled<Y>(Batch batch, List<Y> gold) {}

  /** What a step saw: the mean loss, and the gradients' global norm before clipping. */
  public record Step(double loss, double gradientNorm) {}

  /**
   * Runs all of {@code batches} forward and backward, then updates once.
   *
   * @param factor the schedule's
   * @param clip largest global norm of the gradients; 0 for no clipping
   * @throws TrainingException if the loss or a gradient isn't finite, or, at the first step, a
   *     parameter group gets no gradient
   */
  public Step step(List<Labelled<Y>> batches, double factor, double clip) {
    long steps = optimizer.steps();
    // The engine has one generator whose state can't be saved: a seed a step makes every step's
    // dropout the same whatever ran before it.
    Engine.getInstance().setRandomSeed(streams.seedOf("dropout", steps));
    int examples = batches.stream().mapToInt(b -> b.gold().size()).sum();
    double loss = 0;
    for (Labelled<Y> batch : batches) {
      loss += backward(batch, (double) batch.gold().size() / examples);
    }
    if (steps == 0) {
      requireGradients();
    }
    double norm = optimizer.step(factor, clip);
    if (!Double.isFinite(norm)) {
      throw notFinite("gradient", norm, steps);
    }
    return new Step(loss, norm);
  }

  private double backward(Labelled<Y> batch, double weight) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Input input = Inputs.of(batch.batch(), model.tensors());
        Tensor loss = model.loss(input, batch.gold(), Dropout.ON).mul(weight);
        double value = model.tensors().doubles(loss)[0];
        if (!Double.isFinite(value)) {
          throw notFinite("loss", value, optimizer.steps());
        }
        collector.backward(DjlTensor.nd(loss));
        return value;
      }
    }
  }

  private void requireGradients() {
    for (Map.Entry<String, Double> group : optimizer.groupNorms().entrySet()) {
      if (group.getValue() == 0) {
        throw new TrainingException(
            "no gradient reaches the parameter group '"
                + group.getKey()
                + "': nothing of it would train");
      }
    }
  }

  private static TrainingException notFinite(String what, double value, long steps) {
    return new TrainingException(
        String.format(
            Locale.ROOT,
            "the %s is %s at step %d: a lower learning rate (train.lr), a warm-up (train.warmup) or"
                + " clipping (train.clip) may help",
            what,
            value,
            steps + 1));
  }
}
