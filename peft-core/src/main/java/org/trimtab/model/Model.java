package org.trimtab.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Contributions;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.Randomness;
import org.trimtab.backbone.TunedInput;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.head.Prediction;
import org.trimtab.head.TaskHead;
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
    Backbone backbone, PeftModule module, TaskHead<Y> head, FeatureSource features) {
  /** Where frozen features come from. */
  @FunctionalInterface
  public interface FeatureSource {
    /** (B K, 1, D). */
    Tensor of(FrozenFeature feature, Batch batch);

    /** Computes them anew each time. */
    static FeatureSource computed(Backbone backbone) {
      return (feature, batch) -> feature.of(batch.input(backbone));
    }
  }

  /** A model that computes frozen features anew each time. */
  public Model(Backbone backbone, PeftModule module, TaskHead<Y> head) {
    this(backbone, module, head, FeatureSource.computed(backbone));
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

  /**
   * One pass over a batch: states (B K, T, H) of B examples of K choices.
   *
   * @param dropout of backbone and module, on or off
   * @param trace takes what the method shows of the pass
   * @param more what is added to the pass besides what the method adds
   */
  public Hidden hidden(Batch batch, Dropout dropout, Trace trace, Contribution... more) {
    return hidden(batch.input(backbone), forward(batch, dropout, trace), more);
  }

  private Forward forward(Batch batch, Dropout dropout, Trace trace) {
    return new Forward(dropout, feature -> features.of(feature, batch), trace);
  }

  /** A batch with what the method adds to its pass, every dropout off. */
  public TunedInput tuned(Batch batch, Trace trace) {
    return tuned(batch, Dropout.OFF, trace);
  }

  private TunedInput tuned(Batch batch, Dropout dropout, Trace trace) {
    Forward forward = forward(batch, dropout, trace);
    return new TunedInput(batch.input(backbone), module.contribute(forward), head.reads());
  }

  /**
   * One pass over an input: states (B, T, H).
   *
   * @param forward what the method may look at
   * @param more what is added to the pass besides what the method adds
   */
  public Hidden hidden(Input input, Forward forward, Contribution... more) {
    Contribution all =
        Contributions.sum(
            Stream.concat(Stream.of(module.contribute(forward)), Stream.of(more)).toList());
    return backbone.forward(input, all, forward.dropout());
  }

  /** The mean loss of a batch, a scalar. */
  public Tensor loss(Labelled<Y> batch, Randomness randomness) {
    return head.loss(read(batch.batch(), randomness.dropout(), Trace.NONE), batch, randomness);
  }

  /** What is predicted of a batch's examples, every dropout off. */
  public List<Prediction<Y>> predict(Batch batch, Trace trace) {
    return head.predict(read(batch, Dropout.OFF, trace), batch, tensors());
  }

  /** One pass over a batch, of whose states the head's rows are asked for. */
  private Hidden read(Batch batch, Dropout dropout, Trace trace) {
    return backbone.forward(tuned(batch, dropout, trace), dropout);
  }

  /** The same predictions with the method's smallest form. */
  public Model<Y> fold() {
    return new Model<>(backbone, module.fold(), head, features);
  }

  /** The same predictions without a method, where weights can take over what it adds. */
  public Optional<Model<Y>> merged() {
    return module
        .merged()
        .map(weights -> new Model<>(backbone.with(weights), PeftModule.none(), head, features));
  }
}
