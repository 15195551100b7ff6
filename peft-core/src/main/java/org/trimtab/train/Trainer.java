package org.trimtab.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.trimtab.backbone.Dropout;
import org.trimtab.batch.Labelled;
import org.trimtab.head.Randomness;
import org.trimtab.model.Model;
import org.trimtab.tensor.DjlTensor;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.train.optimizer.Optimizer;

/** One optimization step over a backbone, frozen or not. */
public final class Trainer<Y> {
  private final Model<Y> model;
  private final Optimizer optimizer;
  private final RandomStreams streams;

  /** Groups that no gradient has reached so far. */
  private final Set<String> silent = new LinkedHashSet<>();

  private int watched;

  public Trainer(Model<Y> model, Optimizer optimizer, RandomStreams streams) {
    this.model = model;
    this.optimizer = optimizer;
    this.streams = streams;
  }

  /**
   * Steps after which every group must have got a gradient. The first one may give none: where a
   * method starts as the frozen model, a gate over nothing has no gradient.
   */
  private static final int PATIENCE = 3;

  /** What a step saw: the mean loss, and the gradients' global norm before clipping. */
  public record Step(double loss, double gradientNorm) {}

  /**
   * Runs all of {@code batches} forward and backward, then updates once.
   *
   * @param factor the schedule's
   * @param clip largest global norm of the gradients; 0 for no clipping
   * @throws TrainingException if the loss or a gradient isn't finite, or if the first steps give a
   *     parameter group no gradient
   */
  public Step step(List<Labelled<Y>> batches, double factor, double clip) {
    long steps = optimizer.steps();
    // The engine has one generator whose state can't be saved: a seed a step makes every step's
    // dropout the same whatever ran before it.
    Engine.getInstance().setRandomSeed(streams.seedOf("dropout", steps));
    int examples = batches.stream().mapToInt(b -> b.gold().size()).sum();
    double loss = 0;
    int part = 0;
    for (Labelled<Y> batch : batches) {
      Randomness randomness = new Randomness(Dropout.ON, streams, steps, part++);
      loss += backward(batch, randomness, (double) batch.gold().size() / examples);
    }
    requireGradients();
    double norm = optimizer.step(factor, clip);
    if (!Double.isFinite(norm)) {
      throw notFinite("gradient", norm, steps);
    }
    return new Step(loss, norm);
  }

  private double backward(Labelled<Y> batch, Randomness randomness, double weight) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        Tensor loss = model.loss(batch, randomness).mul(weight);
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
    if (watched > 0 && silent.isEmpty()) {
      return;
    }
    Map<String, Double> norms = optimizer.groupNorms();
    if (watched++ == 0) {
      silent.addAll(norms.keySet());
    }
    silent.removeIf(group -> norms.getOrDefault(group, 0.0) != 0);
    if (watched >= PATIENCE && !silent.isEmpty()) {
      throw new TrainingException(
          "no gradient reaches the parameter group '"
              + silent.iterator().next()
              + "': nothing of it would train");
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
