package org.trimtab.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.BaseNDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Methods;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.task.Batch;
import org.trimtab.tensor.DjlTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.train.Inputs;
import org.trimtab.train.Model;
import org.trimtab.train.Optimizer;
import org.trimtab.train.OptimizerConfig;
import org.trimtab.train.Trainer;
import org.trimtab.train.UpdateRule;

/**
 * What every method promises, on every backbone family: extend this, name the methods, and all of
 * it is checked.
 */
public abstract class MethodContract {
  private static final List<String> FAMILIES = List.of("bert", "roberta");

  /** Settings to check, under a name each; activations without kinks, and exact gradients. */
  protected abstract Map<String, MethodConfig> methods();

  /** Makes their modules, and those of combinations. */
  protected abstract Methods registry();

  /** Makes one method's module. */
  private record Maker(Methods registry, MethodConfig config) {
    PeftModule make(Setup setup) {
      return registry.create(config, whole(setup));
    }

    PeftModule makeFolded(Setup setup) {
      return registry.createFolded(config, whole(setup));
    }

    private Setup whole(Setup setup) {
      return new Setup(setup.backbone(), setup.init(), setup.words(), registry);
    }
  }

  /** A check of one method over one family. */
  private interface Check {
    void of(Tiny tiny, Model<Integer> model, Maker maker);
  }

  private Stream<DynamicTest> everywhere(Check check) {
    return methods().entrySet().stream()
        .flatMap(
            method ->
                FAMILIES.stream()
                    .map(
                        family ->
                            DynamicTest.dynamicTest(
                                method.getKey() + " on " + family,
                                run(new Maker(registry(), method.getValue()), family, check))));
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
              .forEach(
                  (name, error) -> {
                    if (!isKeyBias(name)) {
                      assertThat(error).as(name).isLessThan(1e-6);
                    }
                  });
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
                      assertThat(isKeyBias(name) || Arrays.stream(gradient).anyMatch(g -> g != 0))
                          .as(name)
                          .isTrue());
        });
  }

  @TestFactory
  Stream<DynamicTest> trainingMovesTheParametersAndNothingElse() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          Map<String, double[]> frozen = frozen(tiny);
          frozen.putAll(constants(tiny, model));
          List<double[]> before = model.params().snapshot(tiny.tensors());
          train(model, 3);
          List<double[]> after = model.params().snapshot(tiny.tensors());
          int i = 0;
          for (Param param : model.params().all()) {
            assertThat(after.get(i)).as(param.name()).isNotEqualTo(before.get(i++));
          }
          Map<String, double[]> left = frozen(tiny);
          left.putAll(constants(tiny, model));
          left.forEach((name, w) -> assertThat(w).as(name).isEqualTo(frozen.get(name)));
        });
  }

  private static Map<String, double[]> constants(Tiny tiny, Model<Integer> model) {
    Map<String, double[]> values = new LinkedHashMap<>();
    model.module().constants().forEach((name, c) -> values.put(name, tiny.tensors().doubles(c)));
    return values;
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
        (tiny, model, maker) -> {
          tiny.randomize(model);
          assertThat(tiny.scores(model, Tiny.batch(12)))
              .containsExactly(tiny.scores(model, Tiny.batch()), within(1e-10));
        });
  }

  @TestFactory
  Stream<DynamicTest> theOrderOfABatchDoesNotChangeScores() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
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
    List<String> texts = new ArrayList<>(batch.texts());
    java.util.Collections.reverse(texts);
    int[] lengths = batch.lengths();
    int[] turned = {lengths[3], lengths[2], lengths[1], lengths[0]};
    return new Batch(batch.indices(), texts, ids.toArray(new long[0][]), batch.types(), turned);
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

  /** Zero in exact arithmetic, unless a prefix is present. */
  private static boolean isKeyBias(String name) {
    return name.endsWith("key.bias");
  }

  @TestFactory
  Stream<DynamicTest> examplesDoNotSeeEachOther() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          double[] together = tiny.scores(model, Tiny.batch());
          for (int row = 0; row < 4; row++) {
            assertThat(tiny.scores(model, Tiny.single(row)))
                .containsExactly(Arrays.copyOfRange(together, row * 3, row * 3 + 3), within(1e-10));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> savedAndLoadedItGivesTheSameScores() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          Model<Integer> folded = model.fold();
          Model<Integer> loaded = tiny.model(maker.makeFolded(tiny.setup(7)));
          assertThat(loaded.params().all().stream().map(Param::name))
              .containsExactlyElementsOf(folded.params().all().stream().map(Param::name).toList());
          loaded.params().restore(tiny.tensors(), folded.params().snapshot(tiny.tensors()));
          Map<String, Tensor> constants = folded.module().constants();
          assertThat(loaded.module().constants().keySet()).isEqualTo(constants.keySet());
          loaded
              .module()
              .constants()
              .forEach((name, c) -> tiny.tensors().assign(c, doubles(tiny, constants.get(name))));
          assertThat(tiny.scores(loaded, Tiny.batch()))
              .containsExactly(tiny.scores(model, Tiny.batch()));
        });
  }

  private static double[] doubles(Tiny tiny, @Nullable Tensor tensor) {
    return tiny.tensors().doubles(Optional.ofNullable(tensor).orElseThrow());
  }

  @TestFactory
  Stream<DynamicTest> mergedIntoTheWeightsItGivesTheSameScores() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          double[] frozen = frozenBytes(tiny);
          model
              .module()
              .merged()
              .ifPresent(
                  weights -> {
                    PeftModule none = nothing();
                    Model<Integer> merged =
                        new Model<>(
                            model.backbone().with(weights), none, model.head(), model.objective());
                    assertThat(tiny.scores(merged, Tiny.batch()))
                        .containsExactly(tiny.scores(model, Tiny.batch()), within(1e-10));
                  });
          assertThat(frozenBytes(tiny)).isEqualTo(frozen);
        });
  }

  private static double[] frozenBytes(Tiny tiny) {
    return frozen(tiny).values().stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static PeftModule nothing() {
    return new PeftModule() {
      @Override
      public Params params() {
        return new Params();
      }

      @Override
      public Contribution contribute(Forward forward) {
        return Contribution.NONE;
      }
    };
  }

  @TestFactory
  Stream<DynamicTest> stepsLeaveNoArraysBehind() {
    return everywhere(
        (tiny, model, maker) -> {
          train(model, 1);
          int before = arrays(tiny);
          train(model, 3);
          assertThat(arrays(tiny)).isEqualTo(before);
        });
  }

  private static int arrays(Tiny tiny) {
    BaseNDManager manager =
        (BaseNDManager)
            DjlTensor.nd(tiny.backbone().weights().values().iterator().next()).getManager();
    return manager.getManagedArrays().size();
  }

  @TestFactory
  Stream<DynamicTest> itsSitesAreThoseThatItTouches() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          Set<Site> touched = new LinkedHashSet<>();
          Contribution own = model.module().contribute(forward(tiny));
          model
              .backbone()
              .forward(
                  Inputs.of(Tiny.batch(), tiny.tensors()), new Watched(own, touched), Dropout.OFF);
          assertThat(new LinkedHashSet<>(model.module().sites()))
              .containsExactlyInAnyOrderElementsOf(touched);
        });
  }

  private static Forward forward(Tiny tiny) {
    Input input = Inputs.of(Tiny.batch(), tiny.tensors());
    return new Forward(Dropout.OFF, feature -> feature.of(input), Trace.NONE);
  }

  /** Notes where deltas and prefixes come from. */
  private record Watched(Contribution own, Set<Site> touched) implements Contribution {
    @Override
    public List<Prompt> prompts(At at) {
      return own.prompts(at);
    }

    @Override
    public int shift(Stack stack) {
      return own.shift(stack);
    }

    @Override
    public Optional<KeyValue> prefix(At at) {
      Optional<KeyValue> prefix = own.prefix(at);
      prefix.ifPresent(p -> touched.add(at.site()));
      return prefix;
    }

    @Override
    public Optional<Tensor> delta(At at, Tensor out) {
      Optional<Tensor> delta = own.delta(at, out);
      delta.ifPresent(d -> touched.add(at.site()));
      return delta;
    }
  }

  /** A few steps of AdamW on the batch. */
  public static void train(Model<Integer> model, int steps) {
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
