package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Contributions;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.layer.AdapterInput;
import org.trimtab.methods.bitfit.BitFitConfig;
import org.trimtab.methods.head.HeadOnlyConfig;
import org.trimtab.methods.ia3.Ia3Config;
import org.trimtab.methods.layernorm.LayerNormConfig;
import org.trimtab.methods.lora.Biases;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.prefix.PrefixConfig;
import org.trimtab.methods.prefix.PrefixInit;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.sum.SumConfig;
import org.trimtab.methods.unipelt.GateInput;
import org.trimtab.methods.unipelt.Gating;
import org.trimtab.methods.unipelt.PrefixGate;
import org.trimtab.methods.unipelt.Reduction;
import org.trimtab.methods.unipelt.UniPeltConfig;
import org.trimtab.model.Model;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.Tiny;

/** What holds between methods, and what people say holds but doesn't. */
class IdentitiesTest {
  private static final MethodRegistry REGISTRY = Methods.registry();

  private static Model<Integer> model(Tiny tiny, MethodConfig config) {
    Setup setup = new Setup(tiny.backbone(), tiny.setup(1).init(), Vocabulary.NONE, REGISTRY);
    return tiny.model(REGISTRY.create(config, setup));
  }

  private static double[] scores(Tiny tiny, MethodConfig config) {
    return tiny.scores(model(tiny, config), Tiny.batch());
  }

  private static double[] frozen(Tiny tiny) {
    return scores(tiny, new HeadOnlyConfig());
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
  void methodsWhoseParametersAreAllZeroAddNothing() {
    for (String family : List.of("bert", "roberta")) {
      try (Tiny tiny = Tiny.of(family)) {
        double[] frozen = frozen(tiny);
        for (AdapterInput input : AdapterInput.values()) {
          requireFrozen(tiny, ContractTest.adapter(input), frozen);
          requireFrozen(tiny, ContractTest.compacter(input), frozen);
        }
        requireFrozen(tiny, ContractTest.lora(Biases.NONE, false), frozen);
      }
    }
  }

  private static void requireFrozen(Tiny tiny, MethodConfig config, double[] frozen) {
    Model<Integer> model = model(tiny, config);
    set(tiny, model, name -> 0);
    assertThat(tiny.scores(model, Tiny.batch())).containsExactly(frozen);
  }

  @Test
  void aZeroPrefixIsNotTheFrozenModel() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny, ContractTest.prefix(PrefixReparameterization.NONE, false));
      set(tiny, model, name -> name.equals("prompt_embeddings") ? 0 : Double.NaN);
      assertThat(Differences.largest(tiny.scores(model, Tiny.batch()), frozen(tiny)))
          .isGreaterThan(1e-3);
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

  /** Random values for all but the head. */
  private static void randomizeModule(Tiny tiny, Model<Integer> model) {
    double[] weight = head(tiny, model, "classifier.weight");
    double[] bias = head(tiny, model, "classifier.bias");
    tiny.randomize(model);
    tiny.tensors().assign(model.params().find("classifier.weight").orElseThrow().value(), weight);
    tiny.tensors().assign(model.params().find("classifier.bias").orElseThrow().value(), bias);
  }

  private static double[] head(Tiny tiny, Model<Integer> model, String name) {
    return tiny.tensors().doubles(model.params().find(name).orElseThrow().value());
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
      Model<Integer> closed = model(tiny, fixed(0, PrefixGate.SCALE_KV, deltas));
      randomizeModule(tiny, closed);
      assertThat(tiny.scores(closed, Tiny.batch())).containsExactly(frozen, within(1e-12));
      assertThat(scores(tiny, fixed(0, PrefixGate.LOG, prefix)))
          .containsExactly(frozen, within(1e-12));
      assertThat(Differences.largest(scores(tiny, fixed(0, PrefixGate.SCALE_KV, prefix)), frozen))
          .isGreaterThan(1e-3);
      assertThat(Differences.largest(scores(tiny, fixed(0, PrefixGate.SCALE_V, prefix)), frozen))
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
            Differences.largest(
                tiny.scores(model, Tiny.batch(12)), tiny.scores(model, Tiny.batch()));
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
        4, place, false, true, Optional.empty(), new org.trimtab.method.prompt.UniformInit(0.5));
  }

  /** A stand-alone method is a combination of one without gates. */
  @Test
  void everyPartAloneWithoutGatesIsTheMethodItself() {
    try (Tiny tiny = Tiny.of("bert")) {
      for (MethodConfig config :
          List.of(
              ContractTest.prefix(PrefixReparameterization.MLP, false),
              ContractTest.adapter(AdapterInput.NORMALIZED),
              ContractTest.lora(Biases.NONE, false),
              ContractTest.lora(Biases.NONE, true),
              new BitFitConfig(List.of()),
              new Ia3Config(List.of(Point.KEY, Point.FFN_INNER)),
              ContractTest.attempt(false),
              ContractTest.compacter(AdapterInput.BRANCH),
              new LayerNormConfig(List.of("LayerNorm")),
              ContractTest.residual(org.trimtab.method.layer.Activation.TANH, true, true),
              IdpgConfigs.of(
                  true,
                  org.trimtab.methods.idpg.Sharing.LAYER_BIAS,
                  new org.trimtab.methods.idpg.EmbeddingMean(),
                  IdpgConfigs.dnn()))) {
        Model<Integer> alone = model(tiny, config);
        Model<Integer> part =
            model(
                tiny,
                new UniPeltConfig(
                    ContractTest.parts("x", config),
                    List.of(),
                    List.of(),
                    Gating.NONE,
                    1,
                    GateInput.MODULE,
                    Reduction.MASKED_MEAN,
                    PrefixGate.SCALE_KV,
                    0.02));
        tiny.randomize(alone);
        tiny.randomize(part);
        Map<String, Tensor> constants = part.module().constants();
        for (Map.Entry<String, Tensor> own : alone.module().constants().entrySet()) {
          tiny.tensors()
              .assign(
                  Optional.ofNullable(constants.get("x." + own.getKey())).orElseThrow(),
                  tiny.tensors().doubles(own.getValue()));
        }
        assertThat(tiny.scores(part, Tiny.batch()))
            .containsExactly(tiny.scores(alone, Tiny.batch()));
      }
    }
  }

  @Test
  void aFixedGateStandsInThePlaceOfAlphaOverRank() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> gated =
          model(tiny, fixed(0.7, PrefixGate.SCALE_KV, ContractTest.parts("lora", plainLora(2))));
      Model<Integer> plain = model(tiny, plainLora(1.4));
      tiny.randomize(gated);
      tiny.randomize(plain);
      assertThat(tiny.scores(gated, Tiny.batch()))
          .containsExactly(tiny.scores(plain, Tiny.batch()), within(1e-12));
    }
  }

  /** LoRA of rank 2 without patterns. */
  private static LoraConfig plainLora(double alpha) {
    return Loras.of(2, alpha, "query", "value").config();
  }

  @Test
  void theOrderOfPartsThatTouchOtherSitesDoesNotMatter() {
    try (Tiny tiny = Tiny.of("bert")) {
      MethodConfig prefix = ContractTest.prefix(PrefixReparameterization.NONE, false);
      MethodConfig adapter = ContractTest.adapter(AdapterInput.BRANCH);
      Model<Integer> one =
          model(tiny, new SumConfig(ContractTest.parts("p", prefix, "a", adapter)));
      Model<Integer> other =
          model(tiny, new SumConfig(ContractTest.parts("a", adapter, "p", prefix)));
      tiny.randomize(one);
      for (Param param : one.params().all()) {
        tiny.tensors()
            .assign(
                other.params().find(param.name()).orElseThrow().value(),
                tiny.tensors().doubles(param.value()));
      }
      assertThat(tiny.scores(other, Tiny.batch()))
          .containsExactly(tiny.scores(one, Tiny.batch()), within(1e-12));
    }
  }

  @Test
  void theOrderOfAPrefixDoesNotMatterAndALayersColumnsAreItsOwn() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> model = model(tiny, ContractTest.prefix(PrefixReparameterization.NONE, false));
      tiny.randomize(model);
      double[] before = tiny.scores(model, Tiny.batch());
      Tensor table = model.params().find("prompt_embeddings").orElseThrow().value();
      double[] values = tiny.tensors().doubles(table);
      double[] turned = values.clone();
      int width = values.length / 3;
      for (int i = 0; i < values.length; i++) {
        turned[i] = values[(i + width) % values.length];
      }
      tiny.tensors().assign(table, turned);
      assertThat(tiny.scores(model, Tiny.batch())).containsExactly(before, within(1e-12));
      // Only the last layer's keys and values: what the first layer gives stays the same.
      double[] first = firstLayer(tiny, model);
      for (int i = 0; i < turned.length; i++) {
        turned[i] += i % width >= width / 2 ? 1 : 0;
      }
      tiny.tensors().assign(table, turned);
      assertThat(firstLayer(tiny, model)).containsExactly(first);
      assertThat(Differences.largest(tiny.scores(model, Tiny.batch()), before)).isGreaterThan(1e-3);
    }
  }

  /** What enters the second layer. */
  private static double[] firstLayer(Tiny tiny, Model<Integer> model) {
    List<double[]> seen = new ArrayList<>();
    Contribution watch =
        new Contribution() {
          @Override
          public Optional<Tensor> delta(At at, Tensor out) {
            if (at.site().layer() == 1 && at.site().point() == Point.LAYER_INPUT) {
              seen.add(tiny.tensors().doubles(at.in()));
            }
            return Optional.empty();
          }
        };
    Contribution own = model.module().contribute(new Forward(Dropout.OFF));
    model
        .backbone()
        .forward(
            Tiny.batch().input(tiny.backbone()),
            Contributions.sum(List.of(own, watch)),
            Dropout.OFF);
    return seen.get(0);
  }

  @Test
  void addingToBiasesIsTrainingThem() {
    try (Tiny tiny = Tiny.of("bert")) {
      Model<Integer> bitfit = model(tiny, new BitFitConfig(List.of()));
      tiny.randomize(bitfit);
      Backbone merged = tiny.backbone().with(bitfit.module().merged().orElseThrow());
      Model<Integer> plain =
          new Model<>(merged, model(tiny, new HeadOnlyConfig()).module(), bitfit.head());
      assertThat(tiny.scores(plain, Tiny.batch()))
          .containsExactly(tiny.scores(bitfit, Tiny.batch()), within(1e-12));
    }
  }

  @Test
  void twoPrefixesAreOneLongerPrefix() {
    try (Tiny tiny = Tiny.of("roberta")) {
      MethodConfig prefix = ContractTest.prefix(PrefixReparameterization.NONE, false);
      Model<Integer> two = model(tiny, new SumConfig(ContractTest.parts("a", prefix, "b", prefix)));
      Model<Integer> one =
          model(
              tiny,
              new PrefixConfig(
                  6,
                  PrefixReparameterization.NONE,
                  6,
                  0,
                  false,
                  List.of(),
                  PrefixInit.NORMAL,
                  Optional.empty(),
                  0.5));
      randomizeModule(tiny, two);
      double[] a = head(tiny, two, "a.prompt_embeddings");
      double[] b = head(tiny, two, "b.prompt_embeddings");
      double[] both = Arrays.copyOf(a, a.length + b.length);
      System.arraycopy(b, 0, both, a.length, b.length);
      tiny.tensors().assign(one.params().find("prompt_embeddings").orElseThrow().value(), both);
      assertThat(tiny.scores(two, Tiny.batch()))
          .containsExactly(tiny.scores(one, Tiny.batch()), within(1e-12));
    }
  }
}
