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
 * @param features where frozen features come from
 * @param states where passes over batches may start
 * @param <Y> a gold value
 */
public record Model<Y>(
    Backbone backbone,
    PeftModule module,
    TaskHead<Y> head,
    FeatureSource features,
    StateSource states) {
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

  /** A model whose passes all start at the embedding. */
  public Model(Backbone backbone, PeftModule module, TaskHead<Y> head, FeatureSource features) {
    this(backbone, module, head, features, StateSource.NONE);
  }

  /** The same model, whose passes over batches may start from {@code other}. */
  public Model<Y> with(StateSource other) {
    return new Model<>(backbone, module, head, features, other);
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
    Contribution all = all(forward(batch, dropout, trace), more);
    return backbone.forward(input(batch, all), all, dropout);
  }

  /** From where passes may start, if what is added to them allows it. */
  private Input input(Batch batch, Contribution all) {
    Input input = batch.input(backbone);
    return states.of(batch, all).map(input::from).orElse(input);
  }

  private Forward forward(Batch batch, Dropout dropout, Trace trace) {
    return new Forward(dropout, feature -> features.of(feature, batch), trace);
  }

  /** A batch with what the method adds to its pass, every dropout off. */
  public TunedInput tuned(Batch batch, Trace trace) {
    return tuned(batch.input(backbone), all(forward(batch, Dropout.OFF, trace)));
  }

  private TunedInput tuned(Input input, Contribution all) {
    return new TunedInput(input, all, head.reads());
  }

  /**
   * One pass over an input: states (B, T, H).
   *
   * @param forward what the method may look at
   * @param more what is added to the pass besides what the method adds
   */
  public Hidden hidden(Input input, Forward forward, Contribution... more) {
    return backbone.forward(input, all(forward, more), forward.dropout());
  }

  private Contribution all(Forward forward, Contribution... more) {
    return Contributions.sum(
        Stream.concat(Stream.of(module.contribute(forward)), Stream.of(more)).toList());
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
    Contribution all = all(forward(batch, dropout, trace));
    return backbone.forward(tuned(input(batch, all), all), dropout);
  }

  /** The same predictions with the method's smallest form, each pass from the embedding on. */
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
