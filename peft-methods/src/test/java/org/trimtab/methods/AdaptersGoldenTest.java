package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.layer.AdapterInput;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.adapter.AdapterConfig;
import org.trimtab.methods.adapter.AdapterInit;
import org.trimtab.methods.compacter.CompacterConfig;
import org.trimtab.methods.ia3.Ia3Config;
import org.trimtab.methods.lora.Biases;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.lora.NormGradient;
import org.trimtab.methods.prefix.PrefixConfig;
import org.trimtab.methods.prefix.PrefixInit;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.methods.sum.SumConfig;
import org.trimtab.methods.unipelt.GateInput;
import org.trimtab.methods.unipelt.Gating;
import org.trimtab.methods.unipelt.PrefixGate;
import org.trimtab.methods.unipelt.Reduction;
import org.trimtab.methods.unipelt.UniPeltConfig;
import org.trimtab.plugin.MethodRegistry;

/** Every method of the adapters library that there is a recorded case of. */
class AdaptersGoldenTest {
  @TestFactory
  Stream<DynamicTest> cases() {
    return Golden.cases("adapters/bert").stream()
        .map(
            path -> {
              JsonNode config = Json.read(path.resolve("case.json")).path("config");
              boolean union = config.path("architecture").asText().equals("union");
              boolean gated = gated(config);
              boolean ia3 = config.path("composition_mode").asText().equals("scale");
              return new GoldenCase(path, name -> ia3 ? ia3(name) : ours(name, union || gated));
            })
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  private static void check(GoldenCase golden) {
    JsonNode json = Json.read(golden.path().resolve("case.json")).path("config");
    MethodConfig config =
        json.path("architecture").asText().equals("union") ? union(json) : one(json);
    MethodConfig whole =
        gated(json) && !(config instanceof UniPeltConfig) ? gated(parts(json)) : config;
    MethodRegistry registry = Methods.registry();
    golden.agrees(
        setup ->
            registry.create(
                whole, new Setup(setup.backbone(), setup.init(), setup.vocabulary(), registry)));
  }

  private static boolean gated(JsonNode config) {
    return config.findValues("use_gating").stream().anyMatch(JsonNode::booleanValue);
  }

  private static MethodConfig union(JsonNode json) {
    return gated(json) ? gated(parts(json)) : new SumConfig(parts(json));
  }

  /** Parts by what they are. */
  private static Map<String, MethodConfig> parts(JsonNode json) {
    List<JsonNode> configs = new ArrayList<>();
    if (json.path("configs").isArray()) {
      json.path("configs").forEach(configs::add);
    } else {
      configs.add(json);
    }
    Map<String, MethodConfig> parts = new LinkedHashMap<>();
    for (JsonNode config : configs) {
      String architecture = config.path("architecture").asText("");
      String name =
          architecture.equals("prefix_tuning")
              ? "prefix"
              : architecture.equals("lora") ? "lora" : "adapter";
      parts.put(name, one(config));
    }
    return parts;
  }

  private static UniPeltConfig gated(Map<String, MethodConfig> parts) {
    return new UniPeltConfig(
        parts,
        List.of(),
        List.of(),
        Gating.PER_MODULE,
        1,
        GateInput.MODULE,
        Reduction.UNMASKED_MEAN,
        PrefixGate.SCALE_KV,
        0.02);
  }

  private static MethodConfig one(JsonNode json) {
    return switch (json.path("architecture").asText("")) {
      case "prefix_tuning" -> prefix(json);
      case "lora" -> json.path("composition_mode").asText().equals("scale") ? ia3() : lora(json);
      case "prompt_tuning" ->
          new PromptConfig(
              json.path("prompt_length").intValue(),
              Place.FIRST,
              false,
              true,
              Optional.empty(),
              new UniformInit(0.5));
      default -> bottleneck(json);
    };
  }

  private static MethodConfig prefix(JsonNode json) {
    return new PrefixConfig(
        json.path("prefix_length").intValue(),
        json.path("flat").booleanValue()
            ? PrefixReparameterization.NONE
            : PrefixReparameterization.MLP,
        json.path("bottleneck_size").intValue(),
        0,
        false,
        List.of(),
        PrefixInit.NORMAL,
        Optional.empty(),
        0.02);
  }

  private static MethodConfig lora(JsonNode json) {
    List<String> targets = new ArrayList<>();
    json.path("attn_matrices")
        .forEach(m -> targets.add(m.asText().equals("q") ? "query" : "value"));
    int rank = json.path("r").intValue();
    return new LoraConfig(
        rank,
        json.path("use_gating").booleanValue() ? rank : json.path("alpha").doubleValue(),
        targets,
        Optional.empty(),
        List.of(),
        Map.of(),
        Map.of(),
        false,
        0,
        Biases.NONE,
        false,
        NormGradient.DETACHED);
  }

  private static MethodConfig ia3() {
    return new Ia3Config(List.of(Point.KEY, Point.VALUE, Point.FFN_UP));
  }

  private static MethodConfig bottleneck(JsonNode json) {
    List<Point> after =
        json.path("mh_adapter").booleanValue()
            ? List.of(Point.ATTENTION, Point.FFN)
            : List.of(Point.FFN);
    AdapterInput input =
        json.path("is_parallel").booleanValue()
            ? AdapterInput.PARALLEL
            : json.path("original_ln_before").booleanValue()
                ? AdapterInput.NORMALIZED
                : AdapterInput.BRANCH;
    Activation activation =
        Activation.valueOf(json.path("non_linearity").asText().toUpperCase(Locale.ROOT));
    int reduction = json.path("reduction_factor").intValue();
    if (json.path("phm_layer").booleanValue()) {
      assertThat(json.path("shared_phm_rule").booleanValue()).isTrue();
      return new CompacterConfig(
          after,
          input,
          reduction,
          json.path("phm_dim").intValue(),
          json.path("phm_rank").intValue(),
          activation,
          true,
          0);
    }
    return new AdapterConfig(
        after,
        input,
        reduction,
        activation,
        json.path("scaling").doubleValue(),
        AdapterInit.NORMAL,
        0);
  }

  /** The library's names as ours; a combination's parts are called by what they are. */
  private static String ours(String name, boolean parts) {
    String part =
        name.contains("prefix")
            ? "prefix."
            : name.contains("lora") ? "lora." : name.contains("adapter") ? "adapter." : "";
    String own = name.replaceFirst("^bert\\.", "").replace("shared_parameters.t.", "");
    if (own.startsWith("gate.")) {
      return part + "gate." + gatePath(own);
    }
    if (own.matches(".*(\\.gate|prefix_gates\\.t)\\.(weight|bias)")) {
      return part
          + "gate."
          + own.replaceFirst("attention\\.self\\.prefix_tuning\\.prefix_gates\\.t", "attention")
              .replaceFirst("\\.loras\\.t\\.gate", "")
              .replaceFirst("output\\.adapters\\.t\\.gate", "ffn");
    }
    own =
        own.replaceFirst(".*self_prefix\\.control_trans\\.", "transform.")
            .replaceFirst(".*self_prefix\\.control_trans$", "prompt_embeddings")
            .replaceFirst(".*self_prefix\\.wte", "embedding")
            .replaceFirst(".*prompt_embedding\\.weight", "prompt_embeddings")
            .replaceFirst("loras\\.t\\.lora_([AB])$", "lora_$1.weight")
            .replaceFirst("attention\\.output\\.adapters\\.t", "attention")
            .replaceFirst("output\\.adapters\\.t", "ffn")
            .replace("adapter_down.0.", "adapter_down.");
    return parts ? part + own : own;
  }

  private static String ia3(String name) {
    return name.replaceFirst("^bert\\.", "").replaceFirst("loras\\.t\\.lora_B$", "ia3_l");
  }

  /** {@code gate.layer.1.lora.query} and the like. */
  private static String gatePath(String name) {
    return name.replaceFirst("gate\\.layer", "encoder.layer")
        .replaceFirst("lora\\.", "attention.self.")
        .replaceFirst("output_adapter", "ffn")
        .replaceFirst("self_prefix", "attention");
  }
}
