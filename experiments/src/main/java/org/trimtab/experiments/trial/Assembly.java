package org.trimtab.experiments.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.trimtab.adapter.AdapterFolder;
import org.trimtab.adapter.SavedAdapter;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.config.Suggestion;
import org.trimtab.engine.Memory;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.SavedAdapters;
import org.trimtab.experiments.engine.PyTorchEngine;
import org.trimtab.experiments.process.CodeHashes;
import org.trimtab.experiments.process.Machine;
import org.trimtab.experiments.runs.AdapterOrigin;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.input.TaskVocabulary;
import org.trimtab.experiments.trial.input.TrialInputs;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.model.FrozenFeatures;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.recipe.Recipe;
import org.trimtab.recipe.RecipeSetup;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensors;
import org.trimtab.train.TrainConfig;

/** Puts backbone, method and head together, and checks that they fit. */
final class Assembly {
  /** Numbers, 128 MiB of them. */
  private static final long FEATURES_IN_MEMORY = 1L << 24;

  private final MethodRegistry methods;

  Assembly(MethodRegistry methods) {
    this.methods = methods;
  }

  /** What trains a model with new parameters. */
  <Y> Recipe<Y> create(TrialInputs<Y> inputs) {
    Model<Y> model =
        assemble(
            inputs,
            new PyTorchEngine().open(precision(inputs)).tensors(),
            inputs.config().adapter().isPresent());
    try {
      adapter(inputs.config()).ifPresent(adapter -> adapter.load(model));
      Recipe<Y> recipe = recipe(inputs, model);
      requireGroups(inputs.config(), recipe.params().groups());
      requireWarmup(inputs);
      requireBatches(inputs, model.backbone().spec().textStack().hidden());
      return recipe;
    } catch (RuntimeException e) {
      model.backbone().close();
      throw e;
    }
  }

  private static <Y> Recipe<Y> recipe(TrialInputs<Y> inputs, Model<Y> model) {
    Random random = new RandomStreams(inputs.seed()).stream("recipe");
    RecipeSetup<Y> setup = new RecipeSetup<>(model, new Init(model.tensors(), random));
    try {
      return inputs.config().recipe().create(setup);
    } catch (Invalid e) {
      throw e.within("recipe");
    }
  }

  /** What a user is told of the adapter that an experiment names. */
  List<String> warnings(TrialInputs<?> inputs) {
    List<String> warnings = new ArrayList<>();
    adapter(inputs.config()).flatMap(SavedAdapter::warning).ifPresent(warnings::add);
    inputs
        .config()
        .adapter()
        .flatMap(directory -> AdapterOrigin.find(AdapterFolder.find(directory)))
        .filter(origin -> !origin.hashes().backbone().equals(inputs.backbone().sha256()))
        .ifPresent(
            origin ->
                warnings.add(
                    "the adapter was trained on other files of a backbone, those of "
                        + origin.backbone()));
    return warnings;
  }

  private Optional<SavedAdapter> adapter(ExperimentConfig config) {
    return config.adapter().map(directory -> SavedAdapters.read(directory, methods));
  }

  /**
   * A model with the values that were saved: in {@code folder}, or by others in the adapter that
   * its experiment names.
   *
   * @param tensors belong to it from here on
   * @throws UserError if that has no head
   */
  <Y> Model<Y> createSaved(TrialInputs<Y> inputs, RunFolder folder, Tensors tensors) {
    Model<Y> model = assemble(inputs, tensors, true);
    try {
      Optional<SavedAdapter> adapter = adapter(inputs.config());
      adapter.ifPresent(others -> requireHead(others, inputs.config()));
      adapter.ifPresentOrElse(
          others -> others.load(model),
          () -> new AdapterFiles(folder.savedAdapter()).load(model, inputs));
      return model;
    } catch (RuntimeException e) {
      model.backbone().close();
      throw e;
    }
  }

  private static void requireHead(SavedAdapter adapter, ExperimentConfig config) {
    if (!adapter.hasHead()) {
      throw new UserError(
          config.adapter().orElseThrow()
              + ": has no head, and so predicts nothing; trimtab run trains one");
    }
  }

  static Precision precision(TrialInputs<?> inputs) {
    return inputs.config().backbone().precision();
  }

  private <Y> Model<Y> assemble(TrialInputs<Y> inputs, Tensors tensors, boolean folded) {
    ExperimentConfig config = inputs.config();
    try {
      Backbone backbone = backbone(inputs, tensors);
      Model<Y> model = onto(backbone, inputs, folded);
      TextRoom.of(config.data().maximumLength(), backbone.spec(), model.module()).require();
      return model;
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private static Backbone backbone(TrialInputs<?> inputs, Tensors tensors) {
    try {
      return inputs.backbone().load(inputs.config().backbone().options(), tensors);
    } catch (Invalid e) {
      throw e.within("backbone");
    }
  }

  private <Y> Model<Y> onto(Backbone backbone, TrialInputs<Y> inputs, boolean folded) {
    ModelFactory factory =
        new ModelFactory(
            backbone,
            new RandomStreams(inputs.seed()),
            new FrozenFeatures(
                () -> origin(inputs), backbone.tensors(), inputs.features(), FEATURES_IN_MEMORY));
    Setup setup =
        factory.setup(
            new TaskVocabulary(inputs.backbone().tokenizer(), inputs.task().words()), methods);
    PeftModule module = module(inputs, setup, folded);
    try {
      return factory.create(module, inputs.config().head(), inputs.task().spec());
    } catch (Invalid e) {
      throw e.within("head");
    }
  }

  /** All that a frozen feature's bits depend on, besides its text. */
  static String origin(TrialInputs<?> inputs) {
    return String.join(
        "/",
        inputs.backbone().sha256(),
        inputs.backbone().tokenizerSha256(),
        inputs.backbone().shape().toString(),
        inputs.config().backbone().precision().name(),
        CodeHashes.hashes(inputs.config()).toString(),
        Machine.environment().toString());
  }

  private PeftModule module(TrialInputs<?> inputs, Setup setup, boolean folded) {
    try {
      return folded
          ? methods.createFolded(inputs.config().method(), setup)
          : methods.create(inputs.config().method(), setup);
    } catch (Invalid e) {
      throw e.within("method");
    } catch (IllegalArgumentException e) {
      throw new Invalid("method", String.valueOf(e.getMessage()));
    }
  }

  private static void requireWarmup(TrialInputs<?> inputs) {
    TrainConfig train = inputs.config().train();
    try {
      train.requireShorterWarmup(train.steps(inputs.splits().train().examples().size()));
    } catch (Invalid e) {
      throw e.within("train");
    }
  }

  private static void requireBatches(TrialInputs<?> inputs, int hidden) {
    TrainConfig train = inputs.config().train();
    int length = inputs.config().data().maximumLength();
    int rows = Math.min(train.batch(), inputs.splits().train().examples().size());
    requireBatch("train.batch", rows, length, hidden);
    int most =
        inputs.splits().withGold().stream().mapToInt(s -> s.examples().size()).max().orElse(0);
    requireBatch(
        "train.evaluation.batch", Math.min(train.evaluation().batch(), most), length, hidden);
  }

  /** The inner rows of one feed-forward layer, 4 H, are the least that a pass holds at once. */
  private static void requireBatch(String key, int rows, int length, int hidden) {
    Memory.require(
        key,
        4.0 * hidden * rows * length * Float.BYTES,
        Memory.bytes(),
        "a pass over " + rows + " texts of " + length + " tokens would need %.1f GiB at least");
  }

  private static void requireGroups(ExperimentConfig config, List<String> groups) {
    for (String name : config.train().groups().keySet()) {
      if (!groups.contains(name)) {
        throw new Invalid(
            "train.groups." + name,
            "no such parameter group; allowed "
                + String.join(", ", groups)
                + Suggestion.of(name, groups));
      }
    }
  }
}
