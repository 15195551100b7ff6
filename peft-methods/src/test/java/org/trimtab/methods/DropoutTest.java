package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.layer.AdapterInput;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.adapter.AdapterConfig;
import org.trimtab.methods.adapter.AdapterInit;
import org.trimtab.methods.compacter.CompacterConfig;
import org.trimtab.methods.idpg.IdpgConfig;
import org.trimtab.methods.idpg.PreviousLayer;
import org.trimtab.methods.idpg.Sharing;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.prefix.PrefixConfig;
import org.trimtab.methods.prefix.PrefixInit;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.residualprompt.ResidualPromptConfig;
import org.trimtab.model.Model;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.Tiny;

/**
 * Every method's dropout acts while training and only then. Instead of chance a share: a rate r
 * multiplies by 1 - r, so that results are comparable.
 */
class DropoutTest {
  private static final Dropout SHARE = (x, rate) -> x.mul(1 - rate);

  private static Map<String, MethodConfig> methods(double rate) {
    Map<String, MethodConfig> methods = new LinkedHashMap<>();
    methods.put("lora", lora(rate, false));
    methods.put("dora", lora(rate, true));
    methods.put(
        "prefix",
        new PrefixConfig(
            3,
            PrefixReparameterization.MLP,
            6,
            rate,
            false,
            List.of(),
            PrefixInit.NORMAL,
            Optional.empty(),
            0.5));
    methods.put(
        "adapter",
        new AdapterConfig(
            List.of(Point.FFN),
            AdapterInput.NORMALIZED,
            4,
            Activation.GELU,
            1,
            AdapterInit.NORMAL,
            rate));
    methods.put(
        "compacter",
        new CompacterConfig(
            List.of(Point.FFN), AdapterInput.BRANCH, 4, 2, 1, Activation.GELU, true, rate));
    methods.put(
        "residual-prompt",
        new ResidualPromptConfig(
            4,
            Place.AFTER_CLS,
            true,
            new UniformInit(0.5),
            6,
            Activation.TANH,
            rate,
            false,
            1,
            true,
            true));
    methods.put(
        "idpg",
        new IdpgConfig(
            2,
            Place.AFTER_CLS,
            true,
            Optional.empty(),
            true,
            Sharing.LAYER_BIAS,
            new PreviousLayer(),
            IdpgConfigs.dnn(),
            rate));
    return methods;
  }

  private static LoraConfig lora(double rate, boolean dora) {
    return Loras.of(2, 4, "query").dropout(rate).dora(dora).config();
  }

  private static Model<Integer> model(Tiny tiny, MethodConfig config) {
    Setup setup =
        new Setup(tiny.backbone(), tiny.setup(1).init(), Vocabulary.NONE, Methods.registry());
    Model<Integer> model = tiny.model(Methods.registry().create(config, setup));
    tiny.randomize(model);
    return model;
  }

  private static double[] scores(Tiny tiny, MethodConfig config, Dropout dropout) {
    Model<Integer> model = model(tiny, config);
    return tiny.tensors().doubles(Tiny.scores(model, Tiny.batch(), dropout, Trace.NONE));
  }

  @TestFactory
  Stream<DynamicTest> dropoutActsInTrainingAndOnlyThere() {
    return methods(0.5).entrySet().stream()
        .map(method -> DynamicTest.dynamicTest(method.getKey(), () -> check(method.getKey())));
  }

  private static void check(String name) {
    try (Tiny tiny = Tiny.of("bert")) {
      MethodConfig with = Optional.ofNullable(methods(0.5).get(name)).orElseThrow();
      MethodConfig without = Optional.ofNullable(methods(0).get(name)).orElseThrow();
      double[] plain = scores(tiny, without, Dropout.OFF);
      assertThat(scores(tiny, with, Dropout.OFF)).containsExactly(plain);
      assertThat(scores(tiny, without, SHARE)).containsExactly(plain, within(1e-12));
      assertThat(Differences.largest(scores(tiny, with, SHARE), plain)).isGreaterThan(1e-4);
    }
  }

  /** As in PEFT: with B = 0 and twice the frozen norm DoRA adds W times the dropped input. */
  @Test
  void dorasFrozenPartSeesTheDroppedInputToo() {
    try (Tiny tiny = Tiny.of("bert")) {
      Setup setup =
          new Setup(tiny.backbone(), tiny.setup(1).init(), Vocabulary.NONE, Methods.registry());
      PeftModule dora = Methods.registry().create(lora(0.5, true), setup);
      for (Param param : dora.params().all()) {
        if (param.name().endsWith("magnitude_vector")) {
          double[] twice = tiny.tensors().doubles(param.value());
          java.util.Arrays.setAll(twice, i -> 2 * twice[i]);
          tiny.tensors().assign(param.value(), twice);
        }
      }
      Contribution own = dora.contribute(new Forward(SHARE));
      List<Site> seen = new ArrayList<>();
      Contribution watch =
          new Contribution() {
            @Override
            public Optional<Tensor> delta(At at, Tensor out) {
              Optional<Tensor> delta = own.delta(at, out);
              delta.ifPresent(
                  d -> {
                    Tensor bias = tiny.backbone().linear(at.site()).bias().orElseThrow();
                    double[] expected = tiny.tensors().doubles(out.sub(bias).mul(0.5));
                    assertThat(tiny.tensors().doubles(d)).containsExactly(expected, within(1e-12));
                    seen.add(at.site());
                  });
              return delta;
            }
          };
      tiny.backbone().forward(Tiny.batch().input(tiny.backbone()), watch, Dropout.OFF);
      assertThat(seen).hasSize(2);
    }
  }
}
