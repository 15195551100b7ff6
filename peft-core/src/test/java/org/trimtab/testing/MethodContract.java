package org.trimtab.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.BaseNDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Input;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Prompt;
import org.trimtab.backbone.Stack;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.family.bert.BertConfig;
import org.trimtab.golden.Golden;
import org.trimtab.head.Pooling;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Methods;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.model.Model;
import org.trimtab.onnx.ModelGraph;
import org.trimtab.recipe.PlainRecipe;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.djl.DjlTensor;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.train.Trainer;
import org.trimtab.train.optimizer.GlobalNormClipping;
import org.trimtab.train.optimizer.Optimizer;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.trimtab.train.optimizer.UpdateRule;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/**
 * What every method promises, on every backbone family: extend this, name the methods, and all of
 * it is checked.
 */
public abstract class MethodContract {
  /** Settings to check, under a name each; activations without kinks, and exact gradients. */
  protected abstract Map<String, MethodConfig> methods();

  /** Makes their modules, and those of combinations. */
  protected abstract Methods registry();

  /** Those of the methods whose results padding may change; it is checked that it does. */
  protected Set<String> seePadding() {
    return Set.of();
  }

  /** Those of the methods that weights can take over; it is checked that all others can't. */
  protected abstract Set<String> merging();

  /** On which families, of {@link TinyFamilies}. */
  protected List<String> families() {
    return BertConfig.FAMILIES;
  }

  private static final BackboneOptions COMPOSED =
      new BackboneOptions(Tuning.FROZEN, PoolerMode.NONE, DropoutRates.NONE, KernelChoice.COMPOSED);

  /** A row, the text's rows, and row 0 or, where that sees no other, the last one. */
  private static List<Pooling> read(Tiny tiny) {
    return tiny.backbone().spec().textStack().causal()
        ? List.of(Pooling.LAST, Pooling.MEAN)
        : List.of(Pooling.CLS, Pooling.MEAN, Pooling.FIRST, Pooling.LAST);
  }

  /** Makes one method's module. */
  private record Maker(Methods registry, MethodConfig config) {
    PeftModule make(Setup setup) {
      return registry.create(config, whole(setup));
    }

    PeftModule makeFolded(Setup setup) {
      return registry.createFolded(config, whole(setup));
    }

    private Setup whole(Setup setup) {
      return new Setup(setup.backbone(), setup.init(), setup.vocabulary(), registry);
    }
  }

  /** A check of one method over one family. */
  private interface Check {
    void of(Tiny tiny, Model<Integer> model, Maker maker);
  }

  private Stream<DynamicTest> everywhere(Check check) {
    return everywhere(check, name -> true);
  }

  private Stream<DynamicTest> everywhere(Check check, Predicate<String> chosen) {
    return methods().entrySet().stream()
        .filter(method -> chosen.test(method.getKey()))
        .flatMap(
            method ->
                families().stream()
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
          Predicate<String> silent = silent(tiny, model);
          GradientCheck.errors(model)
              .forEach(
                  (name, error) -> {
                    if (!silent.test(name)) {
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
          Predicate<String> silent = silent(tiny, model);
          GradientCheck.gradients(model)
              .forEach(
                  (name, gradient) ->
                      assertThat(silent.test(name) || Arrays.stream(gradient).anyMatch(g -> g != 0))
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
          Map<String, HostTensor> before = model.params().snapshot(tiny.tensors());
          Predicate<String> silent = silent(tiny, model);
          train(model, 3, 0); // decay would move what no gradient reaches
          model
              .params()
              .snapshot(tiny.tensors())
              .forEach(
                  (name, after) -> {
                    boolean same = Golden.get(before, name).data().equals(after.data());
                    assertThat(same && !silent.test(name)).as(name).isFalse();
                  });
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
    assertThat(values).hasSizeGreaterThan(15);
    return values;
  }

  @TestFactory
  Stream<DynamicTest> paddingDoesNotChangeScores() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          assertThat(tiny.scores(model, Tiny.batch(12)))
              .containsExactly(tiny.scores(model, Tiny.batch()), within(1e-10));
        },
        name -> !seePadding().contains(name));
  }

  @TestFactory
  Stream<DynamicTest> paddingChangesTheScoresOfThoseThatSeeIt() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          double[] scores = tiny.scores(model, Tiny.batch());
          double[] padded = tiny.scores(model, Tiny.batch(12));
          double moved = 0;
          for (int i = 0; i < scores.length; i++) {
            moved = Math.max(moved, Math.abs(scores[i] - padded[i]));
          }
          assertThat(moved).isBetween(1e-5, 1e5);
        },
        seePadding()::contains);
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
    List<List<Encoding>> examples = new ArrayList<>(batch.examples());
    java.util.Collections.reverse(examples);
    return new Batch(batch.indices(), examples);
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

  /** A key's bias has no gradient in exact arithmetic, unless a prefix is present. */
  private static Predicate<String> silent(Tiny tiny, Model<Integer> model) {
    boolean prefix = !touched(tiny, model).prefixes().isEmpty();
    return name -> !prefix && name.endsWith("key.bias");
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
          assertThat(tiny.scores(model.merged().orElseThrow(), Tiny.batch()))
              .containsExactly(tiny.scores(model, Tiny.batch()), within(1e-10));
          assertThat(frozenBytes(tiny)).isEqualTo(frozen);
        },
        merging()::contains);
  }

  @TestFactory
  Stream<DynamicTest> whatWeightsCannotTakeOverIsNotMerged() {
    return everywhere(
        (tiny, model, maker) -> assertThat(model.module().merged()).isEmpty(),
        name -> !merging().contains(name));
  }

  @TestFactory
  Stream<DynamicTest> onnxRuntimeComputesTheSame() {
    return inOnnxRuntime(OnnxForm.FOLDED, name -> true);
  }

  @TestFactory
  Stream<DynamicTest> mergedIntoTheWeightsOnnxRuntimeComputesTheSame() {
    return inOnnxRuntime(OnnxForm.MERGED, merging()::contains);
  }

  /** Its tensors are no part of the graph: one graph serves every adapter of these shapes. */
  @TestFactory
  Stream<DynamicTest> withItsTensorsAsInputsOnnxRuntimeComputesTheSame() {
    return inOnnxRuntime(OnnxForm.INPUTS, name -> true);
  }

  private Stream<DynamicTest> inOnnxRuntime(OnnxForm form, Predicate<String> chosen) {
    return methods().entrySet().stream()
        .filter(method -> chosen.test(method.getKey()))
        .flatMap(
            method ->
                families().stream()
                    .map(
                        family ->
                            DynamicTest.dynamicTest(
                                method.getKey() + " on " + family,
                                () ->
                                    assertThat(onnxDifference(method.getValue(), family, form))
                                        .isLessThan(1e-5))));
  }

  /**
   * The largest difference between what ONNX Runtime and the engine compute in single precision,
   * relative to the largest value of an output, over batches of several lengths, padded or not.
   */
  protected final double onnxDifference(MethodConfig method, String family, OnnxForm form) {
    Maker maker = new Maker(registry(), method);
    try (Tiny tiny = Tiny.of(family, BackboneOptions.FROZEN, Precision.FP32)) {
      Model<Integer> trained = tiny.model(maker.make(tiny.setup(1)));
      tiny.randomize(trained);
      Model<Integer> model = trained.fold();
      ModelGraph graph = form.of(family, model, maker::makeFolded);
      List<Batch> batches = List.of(Tiny.batch(), Tiny.batch(12), Tiny.single(1));
      return OnnxCheck.difference(model, graph, OnnxCheck.adapter(model, graph), batches);
    }
  }

  /** Kernels compute what the operations that they stand for compute, gradients too. */
  @TestFactory
  Stream<DynamicTest> kernelsComputeWhatOperationsDo() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          try (Tiny composed = Tiny.of(tiny.family(), COMPOSED, Precision.FP64)) {
            Model<Integer> same = composed.model(maker.make(composed.setup(1)));
            composed.randomize(same);
            assertThat(tiny.scores(model, Tiny.batch(12)))
                .containsExactly(composed.scores(same, Tiny.batch(12)), within(1e-10));
            Map<String, double[]> gradients = GradientCheck.gradients(same);
            GradientCheck.gradients(model)
                .forEach(
                    (name, gradient) ->
                        assertThat(gradient)
                            .as(name)
                            .containsExactly(
                                Optional.ofNullable(gradients.get(name)).orElseThrow(),
                                within(1e-9)));
          }
        });
  }

  /** Where a head reads fewer rows than there are, the others need not be computed. */
  @TestFactory
  Stream<DynamicTest> rowsThatNobodyReadsChangeNothing() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          for (Pooling pooling : read(tiny)) {
            Model<Integer> pooled = tiny.model(model.module(), pooling);
            Hidden hidden =
                tiny.backbone().forward(pooled.tuned(Tiny.batch(12), Trace.NONE), Dropout.OFF);
            double[] scores = tiny.tensors().doubles(Tiny.head(pooled).scores(hidden, Dropout.OFF));
            assertThat(scores)
                .as(pooling.name())
                .containsExactly(tiny.scores(pooled, Tiny.batch(12)), within(1e-10));
          }
        });
  }

  @Test
  void everyNamedMethodIsThere() {
    assertThat(methods().keySet()).containsAll(merging()).containsAll(seePadding());
  }

  private static double[] frozenBytes(Tiny tiny) {
    return frozen(tiny).values().stream().flatMapToDouble(Arrays::stream).toArray();
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
          assertThat(model.module().sites())
              .containsExactlyInAnyOrderElementsOf(touched(tiny, model).sites());
        });
  }

  @TestFactory
  Stream<DynamicTest> whereItDoesNotVisitItNeedNotBeAsked() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          Visits.check(tiny, model);
          assertThat(model.module().sites())
              .allMatch(model.module().contribute(forward(tiny))::visits);
        });
  }

  @TestFactory
  Stream<DynamicTest> inABankBesideOthersItPredictsAsAlone() {
    return everywhere(
        (tiny, model, maker) -> {
          tiny.randomize(model);
          Banked.check(tiny, model);
        });
  }

  @TestFactory
  Stream<DynamicTest> lengthsAreThoseOfTheRowsAndOfTheFootprint() {
    return everywhere(
        (tiny, model, maker) -> {
          Watched watched = touched(tiny, model);
          watched
              .prompts()
              .forEach(p -> assertThat(tiny.tensors().shape(p.rows())[1]).isEqualTo(p.length()));
          for (KeyValue prefix : watched.prefixes()) {
            assertThat(tiny.tensors().shape(prefix.key())[1]).isEqualTo(prefix.length());
            assertThat(tiny.tensors().shape(prefix.value())[1]).isEqualTo(prefix.length());
          }
          Stack stack = tiny.backbone().spec().textStack().stack();
          Footprint footprint = model.module().footprint(stack);
          assertThat(watched.prompts().stream().mapToInt(Prompt::length).sum())
              .isEqualTo(footprint.promptRows());
          assertThat(watched.shift(stack)).isEqualTo(footprint.shift());
          assertThat(
                  watched.prompts().stream()
                      .filter(prompt -> prompt.joins() == Point.EMBEDDING)
                      .map(Prompt::shifts)
                      .distinct())
              .containsExactlyElementsOf(footprint.promptsShift().stream().toList());
        });
  }

  private static Watched touched(Tiny tiny, Model<Integer> model) {
    Watched watched = new Watched(model.module().contribute(forward(tiny)));
    Input input = Tiny.batch().input(tiny.backbone());
    model.backbone().forward(input, watched, Dropout.OFF);
    return watched;
  }

  private static Forward forward(Tiny tiny) {
    Input input = Tiny.batch().input(tiny.backbone());
    return new Forward(Dropout.OFF, feature -> feature.of(input), Trace.NONE);
  }

  /** A few steps of AdamW on the batch. */
  public static void train(Model<Integer> model, int steps) {
    train(model, steps, 0.01);
  }

  private static void train(Model<Integer> model, int steps, double decay) {
    Map<String, UpdateRule.Rate> rates = new LinkedHashMap<>();
    model.params().groups().forEach(g -> rates.put(g, new UpdateRule.Rate(1e-2, decay)));
    UpdateRule rule = new OptimizerConfig.AdamWConfig(0.9, 0.999, 1e-8).rule();
    try (Optimizer optimizer = new Optimizer(model.params(), rule, rates, model.tensors())) {
      Trainer<Integer> trainer =
          new Trainer<>(
              new PlainRecipe<>(model),
              optimizer,
              List.of(new GlobalNormClipping(1)),
              new RandomStreams(1));
      for (int i = 0; i < steps; i++) {
        trainer.step(List.of(new Labelled<>(Tiny.batch(), Tiny.gold())), 1);
      }
    }
  }
}
