package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.base.Invalid;
import org.trimtab.golden.Golden;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.methods.lora.Lora;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.transformer.Backbones;
import org.trimtab.transformer.options.BackboneOptions;

/** One update of a matrix that holds several layers: query, key and value, or gate and up. */
class FusedLoraTest {
  private static Backbone load(String family) {
    return Backbones.load(
        Golden.families("backbones").stream()
            .filter(path -> path.endsWith(family))
            .findFirst()
            .orElseThrow(),
        BackboneOptions.FROZEN,
        DjlTensors.open(Precision.FP64));
  }

  private static Init init(Backbone backbone) {
    return new Init(backbone.tensors(), new RandomStreams(1).stream("test"));
  }

  private static PeftModule create(LoraConfig config, Backbone backbone) {
    PeftModule module =
        new Lora().create(config, new Setup(backbone, init(backbone), Vocabulary.NONE));
    for (Param param : module.params().all()) {
      Tensors tensors = backbone.tensors();
      Tensor values = init(backbone).uniform(0.5, tensors.shape(param.value()));
      tensors.assign(param.value(), tensors.doubles(values));
    }
    return module;
  }

  private static double[] states(Backbone backbone, Contribution contribution) {
    Tensors tensors = backbone.tensors();
    Input input =
        new Input(
            tensors.of(new long[] {5, 9, 17, 30, 4, 8}, 2, 3),
            tensors.of(new long[6], 2, 3),
            tensors.of(new double[] {1, 1, 1, 1, 1, 0}, 2, 3));
    Tensor states = backbone.forward(input, contribution, Dropout.OFF).states();
    return tensors.doubles(states.rows(0, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2, c_attn, false, 3",
    "gpt2, c_attn, true, 3",
    "modernbert, Wqkv, false, 3",
    "modernbert, Wqkv, true, 3",
    "modernbert, Wi, false, 2"
  })
  void partsShareOneFactorAndMergeIntoTheirOwnWeights(
      String family, String target, boolean dora, int parts) {
    try (Backbone backbone = load(family)) {
      PeftModule module = create(Loras.of(2, 3, target).dora(dora).config(), backbone);
      int layers = backbone.spec().layers();
      assertThat(module.params().all()).hasSize(layers * (dora ? 3 : 2));
      assertThat(module.sites()).hasSize(layers * parts);
      Map<String, Tensor> merged = module.merged().orElseThrow();
      assertThat(merged).hasSize(layers * parts);
      Forward forward = new Forward(Dropout.OFF);
      double[] added = states(backbone, module.contribute(forward));
      assertThat(states(backbone.with(merged), Contribution.NONE))
          .containsExactly(added, within(1e-9));
      assertThat(added).isNotEqualTo(states(backbone, Contribution.NONE));
    }
  }

  @Test
  void aPartAloneHasAnUpdateOfItsOwn() {
    try (Backbone backbone = load("gpt2")) {
      List<String> names =
          create(Loras.of(2, 3, "query").layers(1).config(), backbone).params().all().stream()
              .map(Param::name)
              .toList();
      assertThat(names)
          .containsExactly(
              "h.1.attn.c_attn.query.lora_A.weight", "h.1.attn.c_attn.query.lora_B.weight");
    }
  }

  /** A pattern that means the whole means its parts too, which are not changed twice. */
  @Test
  void aPatternMeansTheWhole() {
    try (Backbone backbone = load("gpt2")) {
      LoraConfig config = Loras.of(2, 3, "none").pattern(".*c_attn.*").config();
      assertThat(create(config, backbone).params().all()).hasSize(2 * backbone.spec().layers());
    }
  }

  @Test
  void ranksAreOfTheWholeLayersPath() {
    try (Backbone backbone = load("gpt2")) {
      LoraConfig config = Loras.of(2, 3, "c_attn").ranks(Map.of("h.0.attn.c_attn", 5)).config();
      Tensor first =
          create(config, backbone)
              .params()
              .find("h.0.attn.c_attn.lora_A.weight")
              .orElseThrow()
              .value();
      assertThat(backbone.tensors().shape(first)).containsExactly(5, backbone.spec().hidden());
    }
  }

  @Test
  void aPartBesideItsWholeIsRefused() {
    try (Backbone backbone = load("gpt2")) {
      assertThatThrownBy(() -> create(Loras.of(2, 3, "c_attn", "key").config(), backbone))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining(
              "found h.0.attn.c_attn.key and the layer that it is a part of; allowed one");
    }
  }

  @Test
  void aPartAloneHasNoFormInPeft() {
    try (Backbone backbone = load("gpt2")) {
      LoraConfig config = Loras.of(2, 3, "query").config();
      assertThatThrownBy(() -> new Lora().peft().orElseThrow().write(config, backbone))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("found h.0.attn.c_attn.query; allowed h.0.attn.c_attn");
      assertThat(new Lora().peft().orElseThrow().write(Loras.of(2, 3, "c_attn").config(), backbone))
          .containsEntry("target_modules", List.of("c_attn"));
    }
  }
}
