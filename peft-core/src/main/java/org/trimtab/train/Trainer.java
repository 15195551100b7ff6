package org.trimtab.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Labelled;
import org.trimtab.recipe.Recipe;
import org.trimtab.tensor.Gradients;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.GradientTransform;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.UpdateRule;

/** One optimization step: the recipe's loss, its gradients, what transforms them, the update. */
public final class Trainer<Y> implements AutoCloseable {
  /**
   * Steps after which every group must have got a gradient. The first one may give none: where a
   * method starts as the frozen model, a gate over nothing has no gradient.
   */
  private static final int PATIENCE = 3;

  private final Recipe<Y> recipe;
  private final Optimizer optimizer;
  private final List<GradientTransform> transforms;
  private final RandomStreams streams;

  /** Groups that no gradient has reached so far. */
  private final Set<String> silent = new LinkedHashSet<>();

  private int watched;

  /**
   * A trainer of what {@code optimizer} moves, which is all of {@code recipe} that trains.
   *
   * @param transforms of the gradients, in this order
   */
  public Trainer(
      Recipe<Y> recipe,
      Optimizer optimizer,
      List<GradientTransform> transforms,
      RandomStreams streams) {
    this.recipe = recipe;
    this.optimizer = optimizer;
    this.transforms = List.copyOf(transforms);
    this.streams = streams;
  }

  /** A trainer of all that {@code recipe} trains, as {@code config} says; clipping comes last. */
  public static <Y> Trainer<Y> of(Recipe<Y> recipe, TrainConfig config, RandomStreams streams) {
    Params params = recipe.params();
    Map<String, UpdateRule.Rate> rates = new LinkedHashMap<>();
    params.groups().forEach(group -> rates.put(group, config.rate(group)));
    Optimizer optimizer =
        new Optimizer(params, config.optimizer().rule(), rates, recipe.scored().tensors());
    List<GradientTransform> transforms = new ArrayList<>(recipe.transforms());
    transforms.add(new GlobalNormClipping(config.clip()));
    return new Trainer<>(recipe, optimizer, transforms, streams);
  }

  /**
   * What a step saw.
   *
   * @param loss the mean over the examples
   * @param measured by the transforms of the gradients, by name
   */
  public record Step(double loss, Map<String, Double> measured) {
    /** The gradients' global norm before clipping; NaN where no clipping measured it. */
    public double gradientNorm() {
      return measured.getOrDefault(GlobalNormClipping.NORM, Double.NaN);
    }
  }

  /**
   * Runs all of {@code batches} forward and backward, then updates once.
   *
   * @param factor the schedule's
   * @throws TrainingException if the loss or a measure of the gradients isn't finite, or if the
   *     first steps give a parameter group no gradient; no parameter has moved then
   */
  public Step step(List<Labelled<Y>> batches, double factor) {
    // The engine has one generator whose state can't be saved: a seed a step makes every step's
    // dropout the same whatever ran before it.
    tensors().seed(streams.seedOf("dropout", optimizer.steps()));
    return tensors().freeing(() -> update(batches, factor));
  }

  private Step update(List<Labelled<Y>> batches, double factor) {
    Gradients gradients = tensors().gradients(losses(batches), optimizer.params());
    requireFinite("loss", gradients.loss(), batches);
    requireGradients(gradients);
    Map<String, Double> measured = new LinkedHashMap<>();
    transforms.forEach(transform -> measured.putAll(transform.apply(gradients)));
    measured.values().forEach(value -> requireFinite("gradient", value, batches));
    optimizer.step(gradients, factor);
    return new Step(gradients.loss(), measured);
  }

  /** Each batch's, by its share of the examples. */
  private List<Supplier<Tensor>> losses(List<Labelled<Y>> batches) {
    int examples = batches.stream().mapToInt(b -> b.gold().size()).sum();
    return IntStream.range(0, batches.size())
        .<Supplier<Tensor>>mapToObj(
            part -> {
              Labelled<Y> batch = batches.get(part);
              Randomness randomness = new Randomness(Dropout.ON, streams, optimizer.steps(), part);
              double share = (double) batch.gold().size() / examples;
              return () -> recipe.loss(batch, randomness).mul(share);
            })
        .toList();
  }

  private Tensors tensors() {
    return recipe.scored().tensors();
  }

  Recipe<Y> recipe() {
    return recipe;
  }

  /** The values of all parameters now, by name. */
  Map<String, HostTensor> values() {
    return optimizer.params().snapshot(tensors());
  }

  /** All that the steps have moved. */
  Progress.Snapshot snapshot() {
    return new Progress.Snapshot(values(), optimizer.state(), recipe.state());
  }

  /** Puts back what {@link #values} gave. */
  void restore(Map<String, HostTensor> values) {
    optimizer.params().restore(tensors(), values);
  }

  /** Puts back what {@link #snapshot} gave. */
  void restore(Progress.Snapshot snapshot) {
    restore(snapshot.values());
    optimizer.restore(snapshot.optimizer());
    recipe.restore(snapshot.more());
  }

  private void requireGradients(Gradients gradients) {
    if (watched > 0 && silent.isEmpty()) {
      return;
    }
    Map<String, Double> norms = gradients.groupNorms();
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

  private void requireFinite(String what, double value, List<Labelled<Y>> batches) {
    if (!Double.isFinite(value)) {
      throw new NotFinite(recipe.scored().backbone(), optimizer.steps())
          .of(what, value, batches.stream().map(Labelled::batch).toList());
    }
  }

  /** Frees what the optimizer remembers. */
  @Override
  public void close() {
    optimizer.close();
  }
}
