package org.trimtab.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.backbone.Place;
import org.trimtab.backbone.Point;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.layer.AdapterInput;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.methods.adapter.AdapterConfig;
import org.trimtab.methods.adapter.AdapterInit;
import org.trimtab.methods.attempt.AttemptConfig;
import org.trimtab.methods.bitfit.BitFitConfig;
import org.trimtab.methods.compacter.CompacterConfig;
import org.trimtab.methods.dept.DeptConfig;
import org.trimtab.methods.head.HeadOnly;
import org.trimtab.methods.head.HeadOnlyConfig;
import org.trimtab.methods.ia3.Ia3Config;
import org.trimtab.methods.idpg.PreviousLayer;
import org.trimtab.methods.idpg.Sharing;
import org.trimtab.methods.layernorm.LayerNormConfig;
import org.trimtab.methods.lora.Biases;
import org.trimtab.methods.lora.LoraConfig;
import org.trimtab.methods.lora.NormGradient;
import org.trimtab.methods.prefix.PrefixConfig;
import org.trimtab.methods.prefix.PrefixInit;
import org.trimtab.methods.prefix.PrefixReparameterization;
import org.trimtab.methods.prompt.PromptConfig;
import org.trimtab.methods.ptuning.PTuningConfig;
import org.trimtab.methods.ptuning.PromptEncoder;
import org.trimtab.methods.residualprompt.ResidualPromptConfig;
import org.trimtab.methods.sum.SumConfig;
import org.trimtab.methods.unipelt.GateInput;
import org.trimtab.methods.unipelt.Gating;
import org.trimtab.methods.unipelt.PrefixGate;
import org.trimtab.methods.unipelt.Reduction;
import org.trimtab.methods.unipelt.UniPeltConfig;
import org.trimtab.model.Model;
import org.trimtab.tensor.Precision;
import org.trimtab.testing.GradientCheck;
import org.trimtab.testing.MethodContract;
import org.trimtab.testing.OnnxForm;
import org.trimtab.testing.Tiny;
import org.trimtab.transformer.options.BackboneOptions;
import org.trimtab.transformer.options.DropoutRates;
import org.trimtab.transformer.options.PoolerMode;
import org.trimtab.transformer.options.Tuning;

/** The contract of every method of this jar. */
class ContractTest extends MethodContract {
  @Override
  protected org.trimtab.method.Methods registry() {
    return Methods.registry();
  }

  /** How far ONNX Runtime is from the engine. */
  double differenceOf(MethodConfig method, String family, OnnxForm form) {
    return onnxDifference(method, family, form);
  }

  @Override
  protected Set<String> merging() {
    return methods().keySet().stream()
        .filter(name -> name.matches("(lora|dora|ia3|bitfit|layer-norm).*"))
        .collect(Collectors.toSet());
  }

  @Override
  protected Set<String> seePadding() {
    return Set.of("unipelt unmasked", "attempt over padding");
  }

  @Override
  protected Map<String, MethodConfig> methods() {
    Map<String, MethodConfig> methods = new LinkedHashMap<>();
    methods.put("head-only", new HeadOnlyConfig());
    for (Place place : Place.values()) {
      for (boolean shift : List.of(true, false)) {
        methods.put(
            "prompt " + place + " " + shift,
            new PromptConfig(4, place, shift, false, Optional.empty(), new UniformInit(0.5)));
      }
      methods.put(
          "prompt after the norm " + place,
          new PromptConfig(4, place, false, true, Optional.empty(), new UniformInit(0.5)));
      for (int layer = 0; layer < 2; layer++) {
        methods.put("prompt before layer " + layer + " " + place, late(layer, place));
      }
    }
    for (boolean shared : List.of(true, false)) {
      for (Activation activation : Activation.values()) {
        methods.put(
            "residual-prompt " + activation + " " + shared, residual(activation, shared, true));
      }
    }
    methods.put("residual-prompt without norm", residual(Activation.TANH, true, false));
    for (PromptEncoder encoder : PromptEncoder.values()) {
      methods.put(
          "p-tuning " + encoder, new PTuningConfig(4, Place.AFTER_CLS, true, encoder, 6, 2, 1));
    }
    for (PrefixReparameterization kind : PrefixReparameterization.values()) {
      methods.put("prefix " + kind, prefix(kind, false));
    }
    methods.put("prefix shifted", prefix(PrefixReparameterization.NONE, true));
    methods.put(
        "prefix of a layer",
        new PrefixConfig(
            3,
            PrefixReparameterization.MLP,
            6,
            0,
            false,
            List.of(1),
            PrefixInit.NORMAL,
            Optional.empty(),
            0.5));
    for (AdapterInput input : AdapterInput.values()) {
      methods.put("adapter " + input, adapter(input));
      methods.put("compacter " + input, compacter(input));
    }
    for (Biases biases : Biases.values()) {
      methods.put("lora " + biases, lora(biases, false));
    }
    methods.put("dora", lora(Biases.NONE, true));
    methods.put("lora of a pattern", pattern(".*layer\\.[01]\\.(attention\\.)?output\\.dense"));
    methods.put("ia3", new Ia3Config(List.of(Point.KEY, Point.VALUE, Point.FFN_INNER)));
    methods.put(
        "ia3 of PEFT",
        new Ia3Config(List.of(Point.KEY, Point.VALUE, Point.ATTENTION_INNER, Point.FFN_INNER)));
    methods.put("ia3 of adapters", new Ia3Config(List.of(Point.KEY, Point.VALUE, Point.FFN_UP)));
    methods.put("bitfit", new BitFitConfig(List.of()));
    methods.put("bitfit of some", new BitFitConfig(List.of("query", "ffn-up")));
    methods.put("layer-norm", new LayerNormConfig(List.of("LayerNorm")));
    methods.put("dept", new DeptConfig(3, Place.AFTER_CLS, true, new UniformInit(0.5), 2, 3, 12));
    methods.put("attempt", attempt(false));
    methods.put("attempt over padding", attempt(true));
    methods.put(
        "dept and attempt",
        new SumConfig(
            parts(
                "dept",
                new DeptConfig(2, Place.FIRST, true, new UniformInit(0.5), 2, 3, 12),
                "attempt",
                attempt(false))));
    methods.putAll(IdpgConfigs.all());
    methods.put(
        "sum",
        new SumConfig(
            parts(
                "prompt",
                new PromptConfig(
                    3, Place.AFTER_CLS, true, false, Optional.empty(), new UniformInit(0.5)),
                "norms",
                new LayerNormConfig(List.of("ffn-norm")),
                "adapter",
                adapter(AdapterInput.NORMALIZED),
                "prefix",
                prefix(PrefixReparameterization.MLP, false))));
    methods.put(
        "prompts before two layers and at the embedding",
        new SumConfig(
            parts(
                "last", late(1, Place.AFTER_CLS),
                "first", late(0, Place.FIRST),
                "prompt",
                    new PromptConfig(
                        2, Place.AFTER_CLS, true, false, Optional.empty(), new UniformInit(0.5)),
                "idpg", IdpgConfigs.late(1, false, new PreviousLayer()),
                "lora", lora(Biases.NONE, false))));
    methods.put(
        "unipelt of a late prompt",
        new UniPeltConfig(
            parts(
                "prompt", late(1, Place.AFTER_CLS),
                "adapter", adapter(AdapterInput.NORMALIZED)),
            List.of("prompt"),
            List.of("adapter"),
            Gating.PER_MODULE,
            1,
            GateInput.LAYER,
            Reduction.MASKED_MEAN,
            PrefixGate.SCALE_KV,
            0.5));
    methods.put(
        "sum of two prefixes",
        new SumConfig(
            parts(
                "one", prefix(PrefixReparameterization.NONE, true),
                "two", gates(Gating.PER_MODULE, GateInput.LAYER, Reduction.CLS, PrefixGate.LOG))));
    for (PrefixGate gate : PrefixGate.values()) {
      methods.put(
          "unipelt " + gate,
          gates(Gating.PER_MODULE, GateInput.MODULE, Reduction.MASKED_MEAN, gate));
    }
    for (Gating gating : Gating.values()) {
      methods.put(
          "unipelt " + gating,
          gates(gating, GateInput.LAYER, Reduction.MASKED_MEAN, PrefixGate.SCALE_KV));
    }
    methods.put(
        "unipelt unmasked",
        gates(Gating.PER_MODULE, GateInput.MODULE, Reduction.UNMASKED_MEAN, PrefixGate.SCALE_KV));
    methods.put("unipelt of norms beside an adapter", gated(norms(), List.of()));
    methods.put(
        "unipelt of scales and biases",
        gated(
            parts(
                "ia3",
                new Ia3Config(List.of(Point.KEY, Point.FFN_INNER)),
                "bitfit",
                new BitFitConfig(List.of("query", "ffn-down", "LayerNorm"))),
            List.of()));
    methods.put(
        "unipelt of a sum",
        gated(
            parts(
                "sum",
                new SumConfig(
                    parts(
                        "prefix", prefix(PrefixReparameterization.NONE, false),
                        "adapter", adapter(AdapterInput.NORMALIZED))),
                "idpg",
                IdpgConfigs.of(true, Sharing.LAYER_BIAS, new PreviousLayer(), IdpgConfigs.dnn())),
            List.of()));
    methods.put(
        "unipelt cls",
        gates(Gating.PER_MODULE, GateInput.MODULE, Reduction.CLS, PrefixGate.SCALE_KV));
    return methods;
  }

  /** A prompt that joins what enters {@code layer}. */
  static PromptConfig late(int layer, Place place) {
    return new PromptConfig(3, place, false, false, Optional.of(layer), new UniformInit(0.5));
  }

  static AttemptConfig attempt(boolean padding) {
    return new AttemptConfig(
        3,
        Place.AFTER_CLS,
        true,
        List.of(new UniformInit(2), new UniformInit(1)),
        new UniformInit(0.5),
        5,
        0.02,
        padding);
  }

  static ResidualPromptConfig residual(Activation activation, boolean shared, boolean norm) {
    return new ResidualPromptConfig(
        4, Place.AFTER_CLS, true, new UniformInit(0.5), 6, activation, 0, norm, 1, true, shared);
  }

  static PrefixConfig prefix(PrefixReparameterization kind, boolean shift) {
    return new PrefixConfig(
        3, kind, 6, 0, shift, List.of(), PrefixInit.NORMAL, Optional.empty(), 0.5);
  }

  static AdapterConfig adapter(AdapterInput input) {
    return new AdapterConfig(
        List.of(Point.ATTENTION, Point.FFN), input, 4, Activation.GELU, 2, AdapterInit.NORMAL, 0);
  }

  static CompacterConfig compacter(AdapterInput input) {
    return new CompacterConfig(
        List.of(Point.ATTENTION, Point.FFN),
        input,
        4,
        2,
        1,
        Activation.GELU,
        input != AdapterInput.BRANCH,
        0);
  }

  static LoraConfig lora(Biases biases, boolean dora) {
    return new LoraConfig(
        2,
        4,
        List.of("query", "value", "ffn-down"),
        Optional.empty(),
        List.of(),
        Map.of("layer.0.attention.self.query", 3),
        Map.of("layer.1.output.dense", 1.5),
        true,
        0,
        biases,
        dora,
        NormGradient.FULL);
  }

  static UniPeltConfig gates(
      Gating gating, GateInput input, Reduction reduction, PrefixGate prefix) {
    return new UniPeltConfig(
        parts(
            "prefix", prefix(PrefixReparameterization.MLP, false),
            "adapter", adapter(AdapterInput.NORMALIZED),
            "lora", lora(Biases.NONE, false),
            "bitfit", new BitFitConfig(List.of())),
        List.of("bitfit"),
        List.of("lora"),
        gating,
        0.7,
        input,
        reduction,
        prefix,
        0.5);
  }

  /** Gated norms, which an adapter reads before they are real. */
  static Map<String, MethodConfig> norms() {
    return parts(
        "adapter",
        adapter(AdapterInput.NORMALIZED),
        "norms",
        new LayerNormConfig(List.of("attention-norm", "ffn-norm")));
  }

  /** Gates of each module, which read what it reads. */
  static UniPeltConfig gated(Map<String, MethodConfig> parts, List<String> ungated) {
    return new UniPeltConfig(
        parts,
        ungated,
        List.of(),
        Gating.PER_MODULE,
        1,
        GateInput.MODULE,
        Reduction.MASKED_MEAN,
        PrefixGate.SCALE_KV,
        0.5);
  }

  static LoraConfig pattern(String pattern) {
    return Loras.of(2, 4, "query").pattern(pattern).config();
  }

  /** Names and settings in turn. */
  static Map<String, MethodConfig> parts(Object... namesAndConfigs) {
    Map<String, MethodConfig> parts = new LinkedHashMap<>();
    for (int i = 0; i < namesAndConfigs.length; i += 2) {
      parts.put((String) namesAndConfigs[i], (MethodConfig) namesAndConfigs[i + 1]);
    }
    return parts;
  }

  @TestFactory
  Stream<DynamicTest> fullFineTuningHasExactGradientsToo() {
    return Stream.of("bert", "roberta")
        .map(
            family ->
                DynamicTest.dynamicTest(
                    family,
                    () -> {
                      BackboneOptions full =
                          new BackboneOptions(Tuning.FULL, PoolerMode.NONE, DropoutRates.NONE);
                      try (Tiny tiny = Tiny.of(family, full, Precision.FP64)) {
                        Model<Integer> model =
                            tiny.model(new HeadOnly().create(new HeadOnlyConfig(), tiny.setup(1)));
                        GradientCheck.errors(model)
                            .forEach(
                                (name, error) -> {
                                  // A key's bias has no gradient in exact arithmetic.
                                  if (!name.endsWith("key.bias")) {
                                    assertThat(error).as(name).isLessThan(1e-6);
                                  }
                                });
                      }
                    }));
  }
}
