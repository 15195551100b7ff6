package org.trimtab.jmh.subject;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.StackSpec;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Trace;
import org.trimtab.model.Evaluator;
import org.trimtab.model.Model;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.train.Progress;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.UpdateRule;

/** A preset of {@code configs/methods}, ready for passes and steps of one batch. */
public final class BenchedMethod implements AutoCloseable {
  private final Model<Integer> model;
  private final Optimizer optimizer;
  private final Trainer<Integer> trainer;
  private final BatchShape shape;
  private final Batch batch;

  private BenchedMethod(Model<Integer> model, ExperimentConfig config, BatchShape shape) {
    this.model = model;
    this.shape = shape;
    batch = shape.batch();
    Map<String, UpdateRule.Rate> rates = new LinkedHashMap<>();
    model.params().groups().forEach(group -> rates.put(group, new UpdateRule.Rate(1e-4, 0)));
    optimizer =
        new Optimizer(model.params(), config.train().optimizer().rule(), rates, model.tensors());
    trainer =
        new Trainer<>(
            new PlainRecipe<>(model),
            optimizer,
            List.of(new GlobalNormClipping(1)),
            new RandomStreams(1));
  }

  /**
   * Loads the backbone and makes the model.
   *
   * @throws org.trimtab.base.UserError if there is no such choice
   */
  public static BenchedMethod open(Choice choice, BatchShape shape) {
    ExperimentConfig config = Presets.config(choice);
    Backbone backbone = Presets.backbone(config);
    return new BenchedMethod(Presets.model(config, backbone), config, shape);
  }

  /** Predicts the batch, and gives the first one's class. */
  public int forward() {
    return Evaluator.predict(model, List.of(batch)).get(0).value();
  }

  /** One training step on the batch, and its loss. */
  public double step() {
    List<Integer> gold = batch.indices().stream().map(i -> i % 2).toList();
    return trainer.step(List.of(new Labelled<>(batch, gold)), 1).loss();
  }

  /** The model that the steps train. */
  public Model<Integer> model() {
    return model;
  }

  /** What a checkpoint of its training holds, the best state being the present one. */
  public Progress progress() {
    Map<String, HostTensor> values = optimizer.params().snapshot(model.tensors());
    return new Progress(
        new Progress.Position(optimizer.steps(), 0, 0),
        new Progress.Best(0, optimizer.steps(), 0, values),
        List.of(),
        new Progress.Snapshot(values, optimizer.state(), Map.of()));
  }

  /** Values that train. */
  public long trained() {
    return model.module().params().count(model.tensors()) + ofBackbone();
  }

  /** Of those, what is kept afterwards. */
  public long kept() {
    return model.fold().module().params().count(model.tensors()) + ofBackbone();
  }

  private long ofBackbone() {
    return model.backbone().params().count(model.tensors());
  }

  /** What the method makes for each example. */
  public long made() {
    PeftModule module = model.module();
    Input input = batch.input(model.backbone());
    Forward forward =
        new Forward(Dropout.OFF, feature -> model.features().of(feature, batch), Trace.NONE);
    MadeValues made = new MadeValues(module.contribute(forward), promptRows(), model.tensors());
    Contribution counted = made.counting();
    model.backbone().forward(input, counted, Dropout.OFF);
    return made.perExample(shape.size());
  }

  private int promptRows() {
    StackSpec text = model.backbone().spec().textStack();
    return model.module().footprint(text.stack()).promptRows();
  }

  /**
   * The arithmetic of the backbone's matrix products in one pass, 10^9 operations; what the method
   * itself computes is not counted, so that it shows as a lower share of the peak.
   */
  public double forwardGflop() {
    StackSpec spec = model.backbone().spec().textStack();
    double rows = shape.length() + promptRows();
    double weights = 4.0 * spec.hidden() * spec.hidden() + 2.0 * spec.hidden() * spec.ffn();
    double attention = 2 * rows * rows * spec.hidden();
    return 2e-9 * shape.size() * spec.layers() * (weights * rows + attention);
  }

  /**
   * As {@link #forwardGflop}, of a step: the pass, the gradients of what enters the products where
   * something below the head trains, and those of the weights where they do.
   */
  public double stepGflop() {
    int passes = model.module().params().isEmpty() ? 1 : 2;
    return forwardGflop() * (ofBackbone() > 0 ? 3 : passes);
  }

  @Override
  public void close() {
    optimizer.close();
    model.backbone().close();
  }
}
