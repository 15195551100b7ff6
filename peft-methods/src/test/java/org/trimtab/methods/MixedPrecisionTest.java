package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.head.Prediction;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.method.Vocabulary;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.testing.GradientCheck;
import org.trimtab.testing.MethodContract;
import org.trimtab.testing.Tiny;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.KernelChoice;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** Methods over a backbone whose linear layers are in bfloat16, against the same in fp32. */
class MixedPrecisionTest {
  /** One of each way to look into a backbone, or to change it. */
  private static final List<String> METHODS =
      List.of(
          "prompt after the norm AFTER_CLS",
          "prefix MLP",
          "adapter NORMALIZED",
          "lora NONE",
          "dora",
          "ia3",
          "bitfit",
          "layer-norm",
          "unipelt of a sum");

  private static Tiny tiny(KernelChoice kernels, boolean bf16) {
    BackboneOptions options =
        new BackboneOptions(Tuning.FROZEN, PoolerMode.NONE, DropoutRates.NONE, kernels, bf16);
    return Tiny.of("bert", options, Precision.FP32);
  }

  private static PeftModule module(MethodConfig config, Tiny tiny) {
    MethodRegistry registry = Methods.registry();
    return registry.create(
        config, new Setup(tiny.backbone(), tiny.init(1), Vocabulary.NONE, registry));
  }

  /** Gradients of all parameters, one behind the other, then the scores, after some steps. */
  private record Seen(double[] gradients, double[] scores, double[] trained) {
    static Seen of(MethodConfig config, KernelChoice kernels, boolean bf16) {
      try (Tiny tiny = tiny(kernels, bf16)) {
        Model<Integer> model = tiny.model(module(config, tiny));
        Map<String, double[]> gradients = GradientCheck.gradients(model);
        double[] scores = scoresOf(model);
        MethodContract.train(model, 2);
        double[] trained =
            flat(
                model.params().all().stream()
                    .map(Param::value)
                    .map(tiny.tensors()::doubles)
                    .toList());
        return new Seen(flat(gradients.values()), scores, trained);
      }
    }

    private static double[] flat(Iterable<double[]> parts) {
      List<Double> all = new ArrayList<>();
      parts.forEach(part -> Arrays.stream(part).forEach(all::add));
      return all.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private static double[] scoresOf(Model<Integer> model) {
    return model.tensors().withoutGraph(() -> model.predict(Tiny.batch(), Trace.NONE)).stream()
        .map(Prediction::scores)
        .flatMap(List::stream)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static double error(double[] found, double[] exact) {
    double[] difference = new double[exact.length];
    Arrays.setAll(difference, i -> found[i] - exact[i]);
    return norm(difference) / norm(exact);
  }

  private static double cosine(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum / norm(one) / norm(other);
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  private static Stream<DynamicTest> each(Consumer<MethodConfig> check) {
    Map<String, MethodConfig> methods = new ContractTest().methods();
    assertThat(methods.keySet()).containsAll(METHODS);
    return METHODS.stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name, () -> check.accept(Objects.requireNonNull(methods.get(name)))));
  }

  @TestFactory
  Stream<DynamicTest> scoresAndGradientsAreCloseToThoseOfSinglePrecision() {
    return each(
        config -> {
          Seen exact = Seen.of(config, KernelChoice.AUTO, false);
          for (KernelChoice kernels : Set.of(KernelChoice.AUTO, KernelChoice.COMPOSED)) {
            Seen mixed = Seen.of(config, kernels, true);
            assertThat(error(mixed.scores, exact.scores)).isBetween(1e-7, 2e-2);
            assertThat(cosine(mixed.gradients, exact.gradients)).isGreaterThan(0.999);
            assertThat(mixed.gradients).isNotEqualTo(exact.gradients);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> theSameStepsGiveTheSameBytes() {
    return each(
        config ->
            assertThat(Seen.of(config, KernelChoice.AUTO, true).trained)
                .isEqualTo(Seen.of(config, KernelChoice.AUTO, true).trained));
  }

  @TestFactory
  Stream<DynamicTest> aMergedModelRoundsItsOwnWeights() {
    return Stream.of("lora NONE", "ia3", "bitfit")
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      MethodConfig config =
                          Objects.requireNonNull(new ContractTest().methods().get(name));
                      try (Tiny tiny = tiny(KernelChoice.AUTO, true)) {
                        Model<Integer> model = tiny.model(module(config, tiny));
                        double[] before = scoresOf(model);
                        MethodContract.train(model, 5);
                        double[] trained = scoresOf(model);
                        double[] merged = scoresOf(model.fold().merged().orElseThrow());
                        assertThat(error(merged, trained)).isLessThan(2e-2);
                        assertThat(error(before, trained)).isGreaterThan(5e-2);
                      }
                    }));
  }
}
