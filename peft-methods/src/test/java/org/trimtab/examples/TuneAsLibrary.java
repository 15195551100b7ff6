package org.trimtab.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Place;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.head.Classification;
import org.trimtab.head.LinearHeadConfig;
import org.trimtab.head.Pooling;
import org.trimtab.head.TaskSpec;
import org.trimtab.method.Methods;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.methods.prompt.PromptTuning;
import org.trimtab.model.Model;
import org.trimtab.model.ModelFactory;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.trimtab.train.optimizer.UpdateRule;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;

/** Prompt tuning in plain Java: no YAML, no injection, no command line. */
final class TuneAsLibrary {
  private TuneAsLibrary() {}

  /** Tunes a prompt over the model in {@code directory} and gives the loss of every step. */
  static List<Double> tune(Path directory, Batch batch, List<Integer> gold) {
    RandomStreams streams = new RandomStreams(1);
    try (Backbone backbone =
        Backbones.load(directory, BackboneOptions.FROZEN, DjlTensors.open(Precision.FP32))) {
      ModelFactory factory = new ModelFactory(backbone, streams);
      PeftModule prompt =
          new PromptTuning()
              .create(
                  new PromptConfig(
                      4, Place.AFTER_CLS, true, false, Optional.empty(), new UniformInit(0.5)),
                  factory.setup(Vocabulary.NONE, Methods.NONE));
      Model<Integer> model =
          factory.create(
              prompt,
              new LinearHeadConfig(Pooling.MEAN, 0.1, 0.02),
              new TaskSpec<>(Integer.class, new Classification(3)));
      UpdateRule.Rate rate = new UpdateRule.Rate(1e-2, 0.01);
      try (Optimizer optimizer =
          new Optimizer(
              model.params(),
              new OptimizerConfig.AdamWConfig(0.9, 0.999, 1e-8).rule(),
              Map.of("prompt", rate, "head", rate),
              backbone.tensors())) {
        Trainer<Integer> trainer =
            new Trainer<>(
                new PlainRecipe<>(model), optimizer, List.of(new GlobalNormClipping(1)), streams);
        return java.util.stream.IntStream.range(0, 40)
            .mapToObj(i -> trainer.step(List.of(new Labelled<>(batch, gold)), 1).loss())
            .toList();
      }
    }
  }
}
