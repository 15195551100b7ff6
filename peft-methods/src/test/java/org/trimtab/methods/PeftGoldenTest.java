package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.golden.Golden;
import org.trimtab.golden.GoldenCase;
import org.trimtab.json.Json;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.head.HeadOnly;
import org.trimtab.methods.head.HeadOnlyConfig;
import org.trimtab.methods.ia3.Ia3;
import org.trimtab.methods.ia3.Ia3Config;
import org.trimtab.methods.layernorm.LayerNormConfig;
import org.trimtab.methods.layernorm.LayerNormTuning;
import org.trimtab.methods.lora.Biases;
import org.trimtab.methods.lora.Lora;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.lora.NormGradient;
import org.trimtab.methods.prefix.PrefixConfig;
import org.trimtab.methods.prefix.PrefixInit;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.prefix.PrefixTuning;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.methods.prompt.PromptTuning;
import org.trimtab.methods.ptuning.PTuning;
import org.trimtab.methods.ptuning.PTuningConfig;
import org.trimtab.methods.ptuning.PromptEncoder;
import org.trimtab.transformer.Tuning;

/** Every method that Hugging Face PEFT has, its adapter directories read as they are. */
class PeftGoldenTest {
  /** Models that are not there yet. */
  private static final List<String> NOT_YET_COVERED =
      List.of("t5", "t5-gated", "llama", "llama-classifier");

  @TestFactory
  Stream<DynamicTest> cases() {
    return Golden.cases("peft").stream()
        .filter(family -> !NOT_YET_COVERED.contains(family.getFileName().toString()))
        .flatMap(family -> Golden.cases("peft/" + family.getFileName()).stream())
        .map(path -> new GoldenCase(path, name -> ours(path, name)))
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  private static void check(GoldenCase golden) {
    if (golden.path().getFileName().toString().equals("full")) {
      golden.agrees(setup -> new HeadOnly().create(new HeadOnlyConfig(), setup), Tuning.FULL);
      return;
    }
    JsonNode config = Json.read(golden.path().resolve("adapter_config.json"));
    golden.agrees(
        switch (config.path("peft_type").asText()) {
          case "LORA" -> lora(config);
          case "IA3" -> ia3(config);
          case "LN_TUNING" -> layerNorm(config);
          case "PREFIX_TUNING" -> prefix(config);
          case "PROMPT_TUNING" -> prompt(config);
          case "P_TUNING" -> pTuning(config);
          default -> throw new AssertionError("no method for " + config.path("peft_type"));
        });
  }

  private static GoldenCase.Maker lora(JsonNode json) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    json.path("rank_pattern")
        .properties()
        .forEach(e -> ranks.put(e.getKey(), e.getValue().intValue()));
    Map<String, Double> alphas = new LinkedHashMap<>();
    json.path("alpha_pattern")
        .properties()
        .forEach(e -> alphas.put(e.getKey(), e.getValue().doubleValue()));
    List<Integer> layers = new ArrayList<>();
    json.path("layers_to_transform").forEach(l -> layers.add(l.intValue()));
    LoraConfig config =
        new LoraConfig(
            json.path("r").intValue(),
            json.path("lora_alpha").doubleValue(),
            texts(json.path("target_modules")),
            Optional.empty(),
            layers,
            ranks,
            alphas,
            json.path("use_rslora").booleanValue(),
            0,
            Biases.valueOf(json.path("bias").asText().toUpperCase(Locale.ROOT)),
            json.path("use_dora").booleanValue(),
            NormGradient.DETACHED);
    return setup -> new Lora().create(config, setup);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(t -> texts.add(t.asText()));
    return texts;
  }

  private static GoldenCase.Maker ia3(JsonNode json) {
    assertThat(texts(json.path("target_modules")))
        .containsExactlyInAnyOrder("key", "value", "output.dense");
    assertThat(texts(json.path("feedforward_modules"))).containsExactly("output.dense");
    Ia3Config config =
        new Ia3Config(List.of(Point.KEY, Point.VALUE, Point.ATTENTION_INNER, Point.FFN_INNER));
    return setup -> new Ia3().create(config, setup);
  }

  private static GoldenCase.Maker layerNorm(JsonNode json) {
    LayerNormConfig config = new LayerNormConfig(texts(json.path("target_modules")));
    return setup -> new LayerNormTuning().create(config, setup);
  }

  private static GoldenCase.Maker prefix(JsonNode json) {
    boolean mlp = json.path("prefix_projection").booleanValue();
    PrefixConfig config =
        new PrefixConfig(
            json.path("num_virtual_tokens").intValue(),
            mlp ? PrefixReparameterization.MLP : PrefixReparameterization.NONE,
            json.path("encoder_hidden_size").intValue(),
            0,
            true,
            List.of(),
            PrefixInit.NORMAL,
            Optional.empty(),
            1);
    return setup -> new PrefixTuning().create(config, setup);
  }

  private static GoldenCase.Maker prompt(JsonNode json) {
    PromptConfig config =
        new PromptConfig(
            json.path("num_virtual_tokens").intValue(),
            Place.FIRST,
            true,
            false,
            new UniformInit(0.5));
    return setup -> new PromptTuning().create(config, setup);
  }

  private static GoldenCase.Maker pTuning(JsonNode json) {
    PTuningConfig config =
        new PTuningConfig(
            json.path("num_virtual_tokens").intValue(),
            Place.FIRST,
            true,
            PromptEncoder.valueOf(json.path("encoder_reparameterization_type").asText()),
            json.path("encoder_hidden_size").intValue(),
            json.path("encoder_num_layers").intValue(),
            1);
    return setup -> new PTuning().create(config, setup);
  }

  /** PEFT's names as ours. */
  private static String ours(Path path, String name) {
    if (path.getFileName().toString().equals("full")) {
      return name.replaceFirst("^(bert|roberta)\\.", "backbone.");
    }
    boolean folded = !Files.exists(path.resolve("trainable.safetensors"));
    if (folded && name.equals("prompt_encoder.default.embedding.weight")) {
      return "prompt_embeddings";
    }
    return name.replaceFirst("^base_model\\.(model\\.)?", "")
        .replaceFirst("^(bert|roberta)\\.", "")
        .replace("modules_to_save.default.", "")
        .replace("modules_to_save.", "")
        .replace("base_layer.", "")
        .replace("ln_tuning_layers.", "")
        .replace("lora_magnitude_vector.default.weight", "lora_magnitude_vector")
        .replaceFirst("ia3_l\\.default$", "ia3_l")
        .replaceFirst("attention\\.output\\.dense\\.ia3_l", "attention.inner.ia3_l")
        .replaceFirst("(?<=\\d\\.)output\\.dense\\.ia3_l", "ffn.inner.ia3_l")
        .replace("prompt_encoder.default.", "")
        .replace(".default.", ".");
  }
}
