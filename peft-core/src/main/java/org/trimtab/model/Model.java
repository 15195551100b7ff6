package org.trimtab.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.head.Head;
import org.trimtab.head.Objective;
import org.trimtab.head.Prediction;
import org.trimtab.method.Forward;
import org.trimtab.method.FrozenFeature;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Trace;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * A backbone, what a method adds to it, and the head of a task.
 *
 * @param <Y> a gold value
 */
public record Model<Y>(
    Backbone backbone,
    PeftModule module,
    Head head,
    Objective<Y> objective,
    FeatureSource features) {
  /** Where frozen features come from. */
  @FunctionalInterface
  public interface FeatureSource {
    /** Computes them anew each time. */
    FeatureSource COMPUTED = FrozenFeature::of;

    /** (B, 1, D). */
    Tensor of(FrozenFeature feature, Input input);
  }

  /** A model that computes frozen features anew each time. */
  public Model(Backbone backbone, PeftModule module, Head head, Objective<Y> objective) {
    this(backbone, module, head, objective, FeatureSource.COMPUTED);
  }

  /** All that trains: the backbone's own (none when frozen), the method's, the head's. */
  public Params params() {
    return new Params()
        .addAll("backbone.", backbone.params())
        .addAll("", module.params())
        .addAll("", head.params());
  }

  public Tensors tensors() {
    return backbone.tensors();
  }

  /** Scores (B K, C) of B examples of K rows, with every dropout on or off. */
  public Tensor scores(Input input, Dropout dropout) {
    return scores(input, dropout, Trace.NONE);
  }

  /** Scores (B K, C); the method's values go into {@code trace}. */
  public Tensor scores(Input input, Dropout dropout, Trace trace) {
    Forward forward = new Forward(dropout, feature -> features.of(feature, input), trace);
    return head.scores(backbone.forward(input, module.contribute(forward), dropout), dropout);
  }

  /** The mean loss of a batch, a scalar. */
  public Tensor loss(Input input, List<Y> gold, Dropout dropout) {
    return objective.loss(scores(input, dropout), gold, tensors());
  }

  /** What scores (B K, C) say, an example each. */
  public List<Prediction<Y>> predictions(Tensor scores) {
    double[] flat = tensors().doubles(scores);
    int outputs = objective.choices() * objective.outputs();
    List<Prediction<Y>> predictions = new ArrayList<>();
    for (int from = 0; from < flat.length; from += outputs) {
      predictions.add(objective.predict(Arrays.copyOfRange(flat, from, from + outputs)));
    }
    return predictions;
  }

  /** The same predictions with the method's smallest form. */
  public Model<Y> fold() {
    return new Model<>(backbone, module.fold(), head, objective, features);
  }
}
