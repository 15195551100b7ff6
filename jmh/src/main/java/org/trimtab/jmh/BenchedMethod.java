package org.trimtab.jmh;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
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
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Texts;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.UpdateRule;

/**
 * A preset of {@code configs/methods} over MiniLM, ready for passes and steps of one batch of 16 x
 * 64 tokens, a quarter of whose texts are half as long.
 */
final class BenchedMethod implements AutoCloseable {
  private static final int BATCH = 16;
  private static final int TEXT = 64;
  private final Model<Integer> model;
  private final Optimizer optimizer;
  private final Trainer<Integer> trainer;
  private final Batch batch = batch();

  private BenchedMethod(Model<Integer> model, ExperimentConfig config) {
    this.model = model;
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

  static BenchedMethod open(String preset) {
    ExperimentConfig config = Presets.config(preset);
    Backbone backbone = Presets.backbone(config);
    return new BenchedMethod(Presets.model(config, backbone), config);
  }

  private static Batch batch() {
    Random random = new Random(1);
    List<List<Encoding>> examples =
        IntStream.range(0, BATCH)
            .mapToObj(i -> List.of(text(random, i < BATCH / 4 ? TEXT / 2 : TEXT)))
            .toList();
    return new Batch(IntStream.range(0, BATCH).boxed().toList(), examples);
  }

  /** Of made-up tokens, [CLS] and the like not among them. */
  static Encoding text(Random random, int length) {
    int[] tokens = random.ints(length, 1000, 20000).toArray();
    return new Encoding(new Texts("", Optional.empty()), tokens, new byte[length]);
  }

  /** Predicts the batch, and gives the first one's class. */
  int forward() {
    return Evaluator.predict(model, List.of(batch)).get(0).value();
  }

  /** One training step on the batch, and its loss. */
  double step() {
    List<Integer> gold = batch.indices().stream().map(i -> i % 2).toList();
    return trainer.step(List.of(new Labelled<>(batch, gold)), 1).loss();
  }

  /** Values of the method that train, and those that it keeps afterwards. */
  long trained() {
    return model.module().params().count(model.tensors()) + ofBackbone();
  }

  long kept() {
    return model.fold().module().params().count(model.tensors()) + ofBackbone();
  }

  private long ofBackbone() {
    return model.backbone().params().count(model.tensors());
  }

  /** What the method makes for each example. */
  long made() {
    PeftModule module = model.module();
    Input input = batch.input(model.backbone());
    Forward forward =
        new Forward(Dropout.OFF, feature -> model.features().of(feature, batch), Trace.NONE);
    MadeValues made = new MadeValues(module.contribute(forward), promptRows(), model.tensors());
    Contribution counted = made.counting();
    model.backbone().forward(input, counted, Dropout.OFF);
    return made.perExample(BATCH);
  }

  private int promptRows() {
    StackSpec text = model.backbone().spec().textStack();
    return model.module().footprint(text.stack()).promptRows();
  }

  /**
   * The arithmetic of the backbone's matrix products in one pass, 10^9 operations; what the method
   * itself computes is not counted, so that it shows as a lower share of the peak.
   */
  double forwardGflop() {
    StackSpec spec = model.backbone().spec().textStack();
    double rows = TEXT + promptRows();
    double weights = 4.0 * spec.hidden() * spec.hidden() + 2.0 * spec.hidden() * spec.ffn();
    double attention = 2 * rows * rows * spec.hidden();
    return 2e-9 * BATCH * spec.layers() * (weights * rows + attention);
  }

  /**
   * As {@link #forwardGflop}, of a step: the pass, the gradients of what enters the products where
   * something below the head trains, and those of the weights where they do.
   */
  double stepGflop() {
    int passes = model.module().params().isEmpty() ? 1 : 2;
    return forwardGflop() * (ofBackbone() > 0 ? 3 : passes);
  }

  @Override
  public void close() {
    optimizer.close();
    model.backbone().close();
  }
}
