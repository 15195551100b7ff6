package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.trimtab.backbone.Place;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.head.HeadOnly;
import org.trimtab.methods.head.HeadOnlyConfig;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.methods.prompt.PromptTuning;
import org.trimtab.methods.residualprompt.ResidualPrompt;
import org.trimtab.methods.residualprompt.ResidualPromptConfig;
import org.trimtab.task.Batch;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.testing.GradientCheck;
import org.trimtab.testing.Tiny;
import org.trimtab.train.Model;
import org.trimtab.train.Optimizer;
import org.trimtab.train.OptimizerConfig;
import org.trimtab.train.Trainer;
import org.trimtab.train.UpdateRule;
import org.trimtab.transformer.BackboneOptions;
import org.trimtab.transformer.DropoutRates;
import org.trimtab.transformer.PoolerMode;
import org.trimtab.transformer.Tuning;

/** What every method promises, on every backbone family. */
class ContractTest {
  private static final List<String> FAMILIES = List.of("bert", "roberta");

  /** Makes a method's module. */
  private interface Maker {
    PeftModule make(Setup setup);
  }

  private static Map<String, Maker> methods() {
    Map<String, Maker> methods = new LinkedHashMap<>();
    methods.put("head-only", setup -> new HeadOnly().create(new HeadOnlyConfig(), setup));
    for (Place place : Place.values()) {
      for (boolean shift : List.of(true, false)) {
        PromptConfig config = new PromptConfig(4, place, shift, false, new UniformInit(0.5));
        methods.put(
            "prompt " + place + " " + shift, setup -> new PromptTuning().create(config, setup));
      }
    }
    for (boolean shared : List.of(true, false)) {
      for (Activation activation : Activation.values()) {
        methods.put(
            "residual-prompt " + activation + " " + shared,
            setup -> create(new ResidualPrompt(), residual(activation, shared, true), setup));
      }
    }
    methods.put(
        "residual-prompt without norm",
        setup -> create(new ResidualPrompt(), residual(Activation.TANH, true, false), setup));
    return methods;
  }

  private static <C extends org.trimtab.method.MethodConfig> PeftModule create(
      PeftMethod<C> method, C config, Setup setup) {
    return method.create(config, setup);
  }

  static ResidualPromptConfig residual(Activation activation, boolean shared, boolean norm) {
    return new ResidualPromptConfig(
        4, Place.AFTER_CLS, true, new UniformInit(0.5), 6, activation, 0, norm, 1, true, shared);
  }

  /** A check of one method over one family. */
  private interface Check {
    void of(Tiny tiny, Model<Integer> model, Maker maker);
  }

  private static Stream<DynamicTest> everywhere(Check check) {
    return methods().entrySet().stream()
        .flatMap(
            method ->
                FAMILIES.stream()
                    .map(
                        family ->
                            DynamicTest.dynamicTest(
                                method.getKey() + " on " + family,
                                run(method.getValue(), family, check))));
  }

  private static Executable run(Maker maker, String family, Check check) {
    return () -> {
      try (Tiny tiny = Tiny.of(family)) {
        Model<Integer> model = tiny.model(maker.make(tiny.setup(1)));
        check.of(tiny, model, maker);
      }
    };
  }

  @TestFactory
  Stream<DynamicTest> gradientsAreExact() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          GradientCheck.errors(model)
              .forEach((name, error) -> assertThat(error).as(name).isLessThan(1e-6));
        });
  }

  @TestFactory
  Stream<DynamicTest> everyListedParameterGetsAGradient() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          GradientCheck.gradients(model)
              .forEach(
                  (name, gradient) ->
                      assertThat(Arrays.stream(gradient).anyMatch(g -> g != 0)).as(name).isTrue());
        });
  }

  @TestFactory
  Stream<DynamicTest> trainingMovesTheParametersAndNothingElse() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          Map<String, double[]> frozen = frozen(tiny);
          List<double[]> before = model.params().snapshot(tiny.tensors());
          train(model, 3);
          List<double[]> after = model.params().snapshot(tiny.tensors());
          int i = 0;
          for (Param param : model.params().all()) {
            assertThat(after.get(i)).as(param.name()).isNotEqualTo(before.get(i++));
          }
          frozen(tiny).forEach((name, w) -> assertThat(w).as(name).isEqualTo(frozen.get(name)));
        });
  }

  /** Every value of every weight, by the weight's name. */
  private static Map<String, double[]> frozen(Tiny tiny) {
    Map<String, double[]> values = new LinkedHashMap<>();
    tiny.backbone().weights().forEach((name, w) -> values.put(name, tiny.tensors().doubles(w)));
    assertThat(values).hasSizeGreaterThan(30);
    return values;
  }

  @TestFactory
  Stream<DynamicTest> paddingDoesNotChangeScores() {
    return everywhere(
        (tiny, model, maker) ->
            assertThat(tiny.scores(model, Tiny.batch(12)))
                .containsExactly(tiny.scores(model, Tiny.batch()), within(1e-10)));
  }

  @TestFactory
  Stream<DynamicTest> theOrderOfABatchDoesNotChangeScores() {
    return everywhere(
        (tiny, model, maker) -> {
          double[] straight = tiny.scores(model, Tiny.batch());
          double[] turned = tiny.scores(model, turned(Tiny.batch()));
          for (int row = 0; row < 4; row++) {
            assertThat(Arrays.copyOfRange(turned, row * 3, row * 3 + 3))
                .containsExactly(
                    Arrays.copyOfRange(straight, (3 - row) * 3, (3 - row) * 3 + 3), within(1e-10));
          }
        });
  }

  private static Batch turned(Batch batch) {
    List<long[]> ids = new ArrayList<>(Arrays.asList(batch.ids()));
    java.util.Collections.reverse(ids);
    int[] lengths = batch.lengths();
    int[] turned = {lengths[3], lengths[2], lengths[1], lengths[0]};
    return new Batch(batch.indices(), ids.toArray(new long[0][]), batch.types(), turned);
  }

  @TestFactory
  Stream<DynamicTest> theSameSeedGivesTheSameBytes() {
    return everywhere(
        (tiny, model, maker) -> {
          Model<Integer> again = tiny.model(maker.make(tiny.setup(1)));
          train(model, 3);
          train(again, 3);
          assertThat(again.params().snapshot(tiny.tensors()))
              .usingRecursiveComparison()
              .isEqualTo(model.params().snapshot(tiny.tensors()));
        });
  }

  @TestFactory
  Stream<DynamicTest> foldingKeepsEveryBitOfTheScores() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          assertThat(tiny.scores(model.fold(), Tiny.batch()))
              .containsExactly(tiny.scores(model, Tiny.batch()));
        });
  }

  @TestFactory
  Stream<DynamicTest> fullFineTuningHasExactGradientsToo() {
    return FAMILIES.stream()
        .map(
            family ->
                DynamicTest.dynamicTest(
                    family,
                    () -> {
                      BackboneOptions full =
                          new BackboneOptions(Tuning.FULL, PoolerMode.NONE, DropoutRates.NONE);
                      try (Tiny tiny = Tiny.of(family, full, Precision.FP64)) {
                        Model<Integer> model =
                            tiny.model(new HeadOnly().create(new HeadOnlyConfig(), tiny.setup(1)));
                        GradientCheck.errors(model)
                            .forEach(
                                (name, error) -> {
                                  // A key's bias has no gradient in exact arithmetic.
                                  if (!name.endsWith("key.bias")) {
                                    assertThat(error).as(name).isLessThan(1e-6);
                                  }
                                });
                      }
                    }));
  }

  static void train(Model<Integer> model, int steps) {
    Map<String, UpdateRule.Rate> rates = new LinkedHashMap<>();
    model.params().groups().forEach(g -> rates.put(g, new UpdateRule.Rate(1e-2, 0.01)));
    UpdateRule rule = new OptimizerConfig.AdamWConfig(0.9, 0.999, 1e-8).rule();
    try (Optimizer optimizer = new Optimizer(model.params(), rule, rates)) {
      Trainer<Integer> trainer = new Trainer<>(model, optimizer, new RandomStreams(1));
      for (int i = 0; i < steps; i++) {
        trainer.step(List.of(new Trainer.Labelled<>(Tiny.batch(), Tiny.gold())), 1, 1);
      }
    }
  }
}
