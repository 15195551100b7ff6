package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.MethodRegistry;
import org.trimtab.method.Setup;
import org.trimtab.method.Words;
import org.trimtab.method.layer.AdapterInput;
import org.trimtab.methods.bitfit.BitFitConfig;
import org.trimtab.methods.head.HeadOnlyConfig;
import org.trimtab.methods.ia3.Ia3Config;
import org.trimtab.methods.layernorm.LayerNormConfig;
import org.trimtab.methods.lora.Biases;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.sum.SumConfig;
import org.trimtab.methods.unipelt.GateInput;
import org.trimtab.methods.unipelt.Gating;
import org.trimtab.methods.unipelt.PrefixGate;
import org.trimtab.methods.unipelt.Reduction;
import org.trimtab.methods.unipelt.UniPeltConfig;
import org.trimtab.tensor.Param;
import org.trimtab.testing.Tiny;
import org.trimtab.train.Model;

/** What holds between methods, and what people say holds but doesn't. */
class IdentitiesTest {
  private static final MethodRegistry REGISTRY = Methods.registry();

  private static Model<Integer> model(Tiny tiny, MethodConfig config) {
    Setup setup = new Setup(tiny.backbone(), tiny.setup(1).init(), Words.NONE, REGISTRY);
    return tiny.model(REGISTRY.create(config, setup));
  }

  private static double[] scores(Tiny tiny, MethodConfig config) {
    return tiny.scores(model(tiny, config), Tiny.batch());
  }

  private static double[] frozen(Tiny tiny) {
    return scores(tiny, new HeadOnlyConfig());
  }

  private static double difference(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  @Test
  void neutralStartsAreTheFrozenModel() {
    try (Tiny tiny = Tiny.of("bert")) {
      double[] frozen = frozen(tiny);
      for (MethodConfig config :
          List.of(
              ContractTest.lora(Biases.ALL, false),
              new BitFitConfig(List.of()),
              new Ia3Config(List.of(Point.KEY, Point.FFN_INNER)),
              new LayerNormConfig(List.of("LayerNorm")))) {
        assertThat(scores(tiny, config)).containsExactly(frozen);
      }
      assertThat(scores(tiny, ContractTest.lora(Biases.NONE, true)))
          .containsExactly(frozen, within(1e-12));
    }
  }

  @Test
  void aZeroPrefixIsNotTheFrozenModel() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny, ContractTest.prefix(PrefixReparameterization.NONE, false));
      set(tiny, model, name -> name.equals("prompt_embeddings") ? 0 : Double.NaN);
      assertThat(difference(tiny.scores(model, Tiny.batch()), frozen(tiny))).isGreaterThan(1e-3);
    }
  }

  /** Sets every parameter whose value isn't NaN. */
  private static void set(Tiny tiny, Model<Integer> model, ToDoubleFunction<String> value) {
    for (Param param : model.module().params().all()) {
      double[] values = tiny.tensors().doubles(param.value());
      double constant = value.applyAsDouble(param.name());
      if (!Double.isNaN(constant)) {
        java.util.Arrays.fill(values, constant);
        tiny.tensors().assign(param.value(), values);
      }
    }
  }

  private static UniPeltConfig fixed(
      double value, PrefixGate prefix, Map<String, MethodConfig> parts) {
    return new UniPeltConfig(
        parts,
        List.of(),
        List.of(),
        Gating.FIXED,
        value,
        GateInput.MODULE,
        Reduction.MASKED_MEAN,
        prefix,
        0.02);
  }

  @Test
  void closedGatesAreTheFrozenModelForDeltasAndLogGatesOnly() {
    try (Tiny tiny = Tiny.of("bert")) {
      double[] frozen = frozen(tiny);
      Map<String, MethodConfig> deltas =
          ContractTest.parts(
              "adapter", ContractTest.adapter(AdapterInput.NORMALIZED),
              "lora", ContractTest.lora(Biases.NONE, false));
      Map<String, MethodConfig> prefix =
          ContractTest.parts("prefix", ContractTest.prefix(PrefixReparameterization.NONE, false));
      assertThat(scores(tiny, fixed(0, PrefixGate.SCALE_KV, deltas)))
          .containsExactly(frozen, within(1e-12));
      assertThat(scores(tiny, fixed(0, PrefixGate.LOG, prefix)))
          .containsExactly(frozen, within(1e-12));
      assertThat(difference(scores(tiny, fixed(0, PrefixGate.SCALE_KV, prefix)), frozen))
          .isGreaterThan(1e-3);
      assertThat(difference(scores(tiny, fixed(0, PrefixGate.SCALE_V, prefix)), frozen))
          .isGreaterThan(1e-3);
    }
  }

  @Test
  void openGatesAreThePlainSum() {
    try (Tiny tiny = Tiny.of("roberta")) {
      Map<String, MethodConfig> parts =
          ContractTest.parts(
              "prefix", ContractTest.prefix(PrefixReparameterization.MLP, false),
              "adapter", ContractTest.adapter(AdapterInput.BRANCH));
      double[] sum = scores(tiny, new SumConfig(parts));
      for (PrefixGate gate : PrefixGate.values()) {
        assertThat(scores(tiny, fixed(1, gate, parts))).containsExactly(sum, within(1e-12));
      }
    }
  }

  @Test
  void unmaskedGatesSeePaddingAndMaskedOnesDoNot() {
    try (Tiny tiny = Tiny.of("bert")) {
      for (Reduction reduction : Reduction.values()) {
        Model<Integer> model =
            model(
                tiny,
                ContractTest.gates(
                    Gating.PER_MODULE, GateInput.MODULE, reduction, PrefixGate.SCALE_KV));
        tiny.randomize(model);
        double moved =
            difference(tiny.scores(model, Tiny.batch(12)), tiny.scores(model, Tiny.batch()));
        if (reduction == Reduction.UNMASKED_MEAN) {
          assertThat(moved).isGreaterThan(1e-4);
        } else {
          assertThat(moved).isLessThan(1e-10);
        }
      }
    }
  }

  @Test
  void twiceTheSamePrefixIsLnTwoMoreOnItsScores() {
    try (Tiny tiny = Tiny.of("bert")) {
      Map<String, MethodConfig> one =
          ContractTest.parts("prefix", ContractTest.prefix(PrefixReparameterization.NONE, false));
      Model<Integer> doubled = model(tiny, fixed(2, PrefixGate.LOG, one));
      Model<Integer> twice =
          model(
              tiny,
              new SumConfig(
                  ContractTest.parts(
                      "a", ContractTest.prefix(PrefixReparameterization.NONE, false),
                      "b", ContractTest.prefix(PrefixReparameterization.NONE, false))));
      double[] values =
          tiny.tensors()
              .doubles(doubled.params().find("prefix.prompt_embeddings").orElseThrow().value());
      for (String part : List.of("a", "b")) {
        tiny.tensors()
            .assign(twice.params().find(part + ".prompt_embeddings").orElseThrow().value(), values);
      }
      assertThat(tiny.scores(twice, Tiny.batch()))
          .containsExactly(tiny.scores(doubled, Tiny.batch()), within(1e-12));
    }
  }

  @Test
  void aPromptAfterTheNormKeepsClsWhereverItStands() {
    try (Tiny tiny = Tiny.of("bert")) {
      double[] first = scores(tiny, late(Place.FIRST));
      assertThat(scores(tiny, late(Place.AFTER_CLS))).containsExactly(first, within(1e-12));
    }
  }

  private static MethodConfig late(Place place) {
    return new org.trimtab.methods.prompt.PromptConfig(
        4, place, false, true, new org.trimtab.method.prompt.UniformInit(0.5));
  }
}
