package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Stack;
import org.trimtab.base.Invalid;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Vocabulary;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.layer.AdapterInput;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.adapter.AdapterConfig;
import org.trimtab.methods.adapter.AdapterInit;
import org.trimtab.methods.bitfit.BitFitConfig;
import org.trimtab.methods.compacter.CompacterConfig;
import org.trimtab.methods.dept.DeptConfig;
import org.trimtab.methods.ia3.Ia3Config;
import org.trimtab.methods.idpg.DnnGenerator;
import org.trimtab.methods.idpg.FirstPass;
import org.trimtab.methods.idpg.GeneratorConfig;
import org.trimtab.methods.idpg.IdpgConfig;
import org.trimtab.methods.idpg.PhmGenerator;
import org.trimtab.methods.idpg.PreviousLayer;
import org.trimtab.methods.idpg.SentenceEncoder;
import org.trimtab.methods.idpg.Sharing;
import org.trimtab.methods.idpg.WordVectors;
import org.trimtab.methods.layernorm.LayerNormConfig;
import org.trimtab.methods.lora.Biases;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.prefix.PrefixConfig;
import org.trimtab.methods.prefix.PrefixInit;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.methods.residualprompt.ResidualPromptConfig;
import org.trimtab.methods.unipelt.GateInput;
import org.trimtab.methods.unipelt.Gating;
import org.trimtab.methods.unipelt.PrefixGate;
import org.trimtab.methods.unipelt.Reduction;
import org.trimtab.methods.unipelt.UniPeltConfig;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.RandomStreams;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.ShapeBackbone;
import org.trimtab.testing.Shapes;

/** Parameters of published models, counted on shapes without weights. */
class CountsTest {
  /** Parameters that train, and those that are kept. */
  private record Counts(long trained, long kept) {}

  private static Counts count(MethodConfig config, BackboneSpec spec) {
    MethodRegistry registry = Methods.registry();
    try (ShapeBackbone backbone = new ShapeBackbone(spec, DjlTensors.open(Precision.FP32))) {
      Init init = new Init(backbone.tensors(), new RandomStreams(1).stream("count"));
      PeftModule module =
          registry.create(config, new Setup(backbone, init, Vocabulary.NONE, registry));
      return new Counts(
          module.params().count(backbone.tensors()),
          module.fold().params().count(backbone.tensors()));
    }
  }

  private static long trained(MethodConfig config) {
    return count(config, Shapes.BERT).trained();
  }

  private static PrefixConfig prefix(PrefixReparameterization kind) {
    return new PrefixConfig(
        10, kind, 512, 0, false, List.of(), PrefixInit.NORMAL, Optional.empty(), 0.02);
  }

  private static LoraConfig lora(Biases biases, boolean dora) {
    return Loras.of(8, 8, "query", "value").biases(biases).dora(dora).config();
  }

  private static AdapterConfig adapter(List<Point> after, AdapterInput input) {
    return new AdapterConfig(after, input, 16, Activation.RELU, 1, AdapterInit.NORMAL, 0);
  }

  private static UniPeltConfig unipelt(boolean withLora, PrefixReparameterization kind) {
    Map<String, MethodConfig> parts =
        ContractTest.parts(
            "prefix",
            prefix(kind),
            "adapter",
            adapter(List.of(Point.FFN), AdapterInput.NORMALIZED));
    if (withLora) {
      parts.put("lora", lora(Biases.NONE, false));
    }
    return gated(parts);
  }

  private static UniPeltConfig gated(Map<String, MethodConfig> parts) {
    return new UniPeltConfig(
        parts,
        List.of(),
        List.of(),
        Gating.PER_MODULE,
        1,
        GateInput.MODULE,
        Reduction.MASKED_MEAN,
        PrefixGate.SCALE_KV,
        0.02);
  }

  @Test
  void prompts() {
    BackboneSpec t5 = Shapes.T5_LARGE;
    assertThat(
            count(
                    new PromptConfig(
                        100, Place.FIRST, false, false, Optional.empty(), new UniformInit(0.5)),
                    Shapes.BERT)
                .trained())
        .isEqualTo(76_800);
    assertThat(count(residual(100), t5).trained()).isEqualTo(925_072);
    assertThat(count(residual(10), Shapes.BERT).trained()).isEqualTo(624_784);
    assertThat(count(residual(10), Shapes.BERT).kept()).isEqualTo(7_680);
  }

  private static ResidualPromptConfig residual(int length) {
    return new ResidualPromptConfig(
        length,
        Place.FIRST,
        true,
        new UniformInit(0.5),
        400,
        Activation.RELU,
        0,
        true,
        1,
        true,
        true);
  }

  @Test
  void prefixes() {
    assertThat(count(prefix(PrefixReparameterization.MLP), Shapes.BERT))
        .isEqualTo(new Counts(9_857_024, 184_320));
    assertThat(trained(prefix(PrefixReparameterization.NONE))).isEqualTo(184_320);
  }

  @Test
  void adaptersAndLora() {
    assertThat(trained(adapter(List.of(Point.FFN), AdapterInput.NORMALIZED))).isEqualTo(894_528);
    assertThat(trained(adapter(List.of(Point.ATTENTION, Point.FFN), AdapterInput.BRANCH)))
        .isEqualTo(1_789_056);
    assertThat(trained(lora(Biases.NONE, false))).isEqualTo(294_912);
    assertThat(count(lora(Biases.ALL, false), Shapes.bert(true, Stack.ENCODER)).trained())
        .isEqualTo(397_824);
    assertThat(trained(lora(Biases.NONE, true))).isEqualTo(313_344);
    assertThat(trained(compacter(List.of(Point.ATTENTION, Point.FFN)))).isEqualTo(57_088);
    assertThat(trained(compacter(List.of(Point.FFN)))).isEqualTo(28_576);
  }

  private static CompacterConfig compacter(List<Point> after) {
    return new CompacterConfig(after, AdapterInput.BRANCH, 32, 4, 1, Activation.GELU, true, 0);
  }

  @Test
  void biasesScalesAndNorms() {
    BackboneSpec pooled = Shapes.bert(true, Stack.ENCODER);
    assertThat(count(new BitFitConfig(List.of()), pooled).trained()).isEqualTo(102_912);
    assertThat(trained(new BitFitConfig(List.of()))).isEqualTo(102_144);
    assertThat(
            trained(
                new Ia3Config(
                    List.of(Point.KEY, Point.VALUE, Point.ATTENTION_INNER, Point.FFN_INNER))))
        .isEqualTo(64_512);
    assertThat(trained(new Ia3Config(List.of(Point.KEY, Point.VALUE, Point.FFN_UP))))
        .isEqualTo(55_296);
    assertThat(trained(new LayerNormConfig(List.of("LayerNorm")))).isEqualTo(38_400);
  }

  @Test
  void unipelt() {
    assertThat(trained(unipelt(false, PrefixReparameterization.NONE))).isEqualTo(1_097_304);
    assertThat(trained(unipelt(true, PrefixReparameterization.NONE))).isEqualTo(1_410_672);
    assertThat(trained(unipelt(false, PrefixReparameterization.MLP))).isEqualTo(10_770_008);
    assertThat(count(unipelt(true, PrefixReparameterization.MLP), Shapes.BERT))
        .isEqualTo(new Counts(11_083_376, 1_410_672));
  }

  private static long idpg(boolean deep, SentenceEncoder encoder, GeneratorConfig generator) {
    IdpgConfig config =
        new IdpgConfig(
            5,
            Place.AFTER_CLS,
            true,
            Optional.empty(),
            deep,
            Sharing.LAYER_BIAS,
            encoder,
            generator,
            0.1);
    return count(config, Shapes.ROBERTA_LARGE).trained();
  }

  @Test
  void generatedPrompts(@TempDir Path folder) throws IOException {
    SentenceEncoder previous = new PreviousLayer();
    SentenceEncoder first = new FirstPass();
    assertThat(idpg(true, previous, new PhmGenerator(16, 16, Activation.GELU, false)))
        .isEqualTo(137_232);
    assertThat(idpg(true, previous, new DnnGenerator(16, Activation.GELU))).isEqualTo(221_200);
    assertThat(idpg(false, first, new PhmGenerator(16, 256, Activation.GELU, true)))
        .isEqualTo(107_776);
    assertThat(idpg(false, first, new PhmGenerator(16, 256, Activation.GELU, false)))
        .isEqualTo(111_872);
    assertThat(idpg(false, first, new DnnGenerator(256, Activation.GELU))).isEqualTo(1_578_240);
    Path glove = folder.resolve("glove.txt");
    Files.writeString(glove, "word" + " 0.5".repeat(300) + "\n");
    assertThat(idpg(true, new WordVectors(glove), new PhmGenerator(4, 16, Activation.GELU, false)))
        .isEqualTo(144_704);
  }

  @Test
  void decomposedPrompts() {
    DeptConfig config = new DeptConfig(40, Place.FIRST, false, new UniformInit(0.5), 45, 8, 256);
    assertThat(trained(config)).isEqualTo(76_800);
  }

  @Test
  void aPromptOfAWholeTextInACausalStackIsRefused() {
    for (MethodConfig config :
        List.of(
            ContractTest.attempt(false),
            IdpgConfigs.of(true, Sharing.LAYER_BIAS, new FirstPass(), IdpgConfigs.dnn()))) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> count(config, Shapes.bert(false, Stack.DECODER)))
          .isInstanceOf(Invalid.class)
          .hasMessageContaining("made of the whole text");
    }
  }

  @Test
  void widthsThatTermsDoNotDivideAreRefused() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> idpg(true, new FirstPass(), new PhmGenerator(3, 16, Activation.GELU, false)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("1024, 16 and 5120; found 3");
  }

  @Test
  void aSequenceGateInACausalStackIsRefused() {
    UniPeltConfig config = gated(ContractTest.parts("lora", lora(Biases.NONE, false)));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> count(config, Shapes.bert(false, Stack.DECODER)))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("a gate over a sequence");
  }

  @Test
  void aTargetWithoutASiteIsRefused() {
    LoraConfig config = Loras.of(8, 8, "query", "valu").config();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> trained(config))
        .isInstanceOf(Invalid.class)
        .hasMessageContaining("found valu; allowed query, key, value, attention-out");
  }

  @Test
  void layersThatHoldNoTargetAndPointsThatNoVectorScalesAreRefused() {
    refused(
        () -> trained(Loras.of(8, 8, "pooler").layers(0).config()),
        "no site of this backbone is called so");
    refused(
        () -> count(Loras.of(8, 8, "pooler").layers(0).config(), Shapes.bert(true, Stack.ENCODER)),
        "hold none of the targets");
    refused(() -> Loras.of(8, 8, "query").pattern(".*value").layers(0).config(), "says its layers");
    refused(() -> new Ia3Config(List.of(Point.KEY, Point.FFN)), "no vector can scale it");
    refused(() -> trained(new Ia3Config(List.of(Point.POOLER))), "no such site; found pooler");
  }

  /** Hugging Face's whole paths, with the model's name in front, are meant too. */
  @Test
  void pathsMayBeginWithTheModelsName() {
    String path = "bert.encoder.layer.3.attention.self.query";
    assertThat(trained(Loras.of(8, 8, path).config())).isEqualTo(8 * 2 * 768);
    LoraConfig ranked = Loras.of(8, 8, "query").layers(3).ranks(Map.of(path, 2)).config();
    assertThat(trained(ranked)).isEqualTo(2 * 2 * 768);
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    org.assertj.core.api.Assertions.assertThatThrownBy(call)
        .isInstanceOf(Invalid.class)
        .hasMessageContaining(message);
  }
}
