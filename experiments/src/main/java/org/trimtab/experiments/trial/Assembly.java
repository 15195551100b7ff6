package org.trimtab.experiments.trial;

import java.util.List;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.base.Invalid;
import org.trimtab.config.Suggestion;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.model.FrozenFeatures;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.DjlTensors;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensors;
import org.trimtab.train.TrainConfig;

/** Puts backbone, method and head together, and checks that they fit. */
final class Assembly {
  /** [CLS], a token and [SEP]: what a text needs at least. */
  private static final int LEAST_TEXT = 3;

  /** Numbers, 128 MiB of them. */
  private static final long FEATURES_IN_MEMORY = 1L << 24;

  private final MethodRegistry methods;

  Assembly(MethodRegistry methods) {
    this.methods = methods;
  }

  /** A model with new parameters. */
  <Y> Model<Y> create(TrialInputs<Y> inputs) {
    return assemble(inputs, false);
  }

  /** A model of the form in which it was saved, its values not yet loaded. */
  <Y> Model<Y> createFolded(TrialInputs<Y> inputs) {
    return assemble(inputs, true);
  }

  private <Y> Model<Y> assemble(TrialInputs<Y> inputs, boolean folded) {
    ExperimentConfig config = inputs.config();
    Tensors tensors = DjlTensors.open(config.backbone().precision());
    try {
      Backbone backbone = backbone(inputs, tensors);
      Model<Y> model = onto(backbone, inputs, folded);
      requireRoom(config, backbone.spec(), model.module());
      if (!folded) { // folding may drop groups
        requireGroups(config, model.params().groups());
        requireWarmup(inputs);
      }
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
  private static String origin(TrialInputs<?> inputs) {
    return String.join(
        "/",
        inputs.backbone().sha256(),
        inputs.backbone().tokenizerSha256(),
        inputs.config().backbone().precision().name(),
        CodeHashes.hashes(inputs.config()).toString(),
        Provenance.environment().toString());
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

  private static void requireRoom(ExperimentConfig config, BackboneSpec spec, PeftModule module) {
    int length = config.data().maximumLength();
    if (length > spec.positions()) {
      throw new Invalid(
          "data.maximumLength",
          "found " + length + "; allowed up to the model's positions, " + spec.positions());
    }
    if (length + module.shift() > spec.positions()) {
      throw new Invalid(
          "data.maximumLength",
          "found "
              + length
              + ", and the prefix moves the text by "
              + module.shift()
              + "; allowed up to "
              + (spec.positions() - module.shift()));
    }
    int longest = spec.positions() - LEAST_TEXT;
    if (module.promptLength() > longest) {
      throw new Invalid(
          "method",
          "the prompt takes "
              + module.promptLength()
              + " of the model's "
              + spec.positions()
              + " positions; allowed up to "
              + longest);
    }
    int room = length - module.promptLength();
    if (room < LEAST_TEXT) {
      throw new Invalid(
          "data.maximumLength",
          "found "
              + length
              + ", of which the prompt takes "
              + module.promptLength()
              + "; allowed at least "
              + (module.promptLength() + LEAST_TEXT));
    }
    if (room > module.longestText()) {
      throw new Invalid(
          "data.maximumLength",
          "found "
              + length
              + ", which leaves a text "
              + room
              + " tokens, and the method has parameters for "
              + module.longestText()
              + "; allowed up to "
              + (module.longestText() + module.promptLength()));
    }
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
