package org.trimtab.methods.lora;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.site.Target;
import org.trimtab.peft.ModuleNames;
import org.trimtab.peft.PeftForm;
import org.trimtab.peft.PeftSource;
import org.trimtab.peft.PeftTensor;

/** LoRA and DoRA as PEFT's files have them. */
final class LoraForm implements PeftForm<LoraConfig> {
  private static final String A = ".lora_A.weight";
  private static final String BIAS = ".bias";

  /** What starts A and B only; others (pissa, olora, loftq, corda) change the frozen weights. */
  private static final List<String> STARTS =
      List.of("true", "false", "gaussian", "eva", "orthogonal");

  /** What they change isn't computed here. */
  private static final String[] OTHER_MATHEMATICS = {
    "lora_bias",
    "use_qalora",
    "use_bdlora",
    "alora_invocation_tokens",
    "layer_replication",
    "target_parameters",
    "trainable_token_indices",
    "arrow_config",
    "kasa_config",
    "velora_config",
    "monteclora_config"
  };

  @Override
  public String type() {
    return "LORA";
  }

  @Override
  public boolean besideModel() {
    return false;
  }

  @Override
  public Optional<LoraConfig> read(PeftSource source) {
    JsonSettings settings = source.settings();
    if (source.transposed()) {
      settings.known("fan_in_fan_out");
    }
    settings.requireUnset(OTHER_MATHEMATICS);
    // How A and B started, and how training was laid out.
    settings.known("eva_config", "megatron_core", "qalora_group_size");
    requireStart(settings);
    List<String> targets = source.targets(A);
    return Optional.of(
        new LoraConfig(
            settings.number("r"),
            settings.decimal("lora_alpha"),
            targets,
            Optional.empty(),
            layers(source),
            settings.numbersByName("rank_pattern"),
            settings.decimalsByName("alpha_pattern"),
            settings.truth("use_rslora"),
            settings.decimal("lora_dropout"),
            biases(settings),
            settings.truth("use_dora"),
            NormGradient.DETACHED));
  }

  private static void requireStart(JsonSettings settings) {
    String start = settings.text("init_lora_weights", "true");
    if (!STARTS.contains(start)) {
      throw settings.wrong(
          "init_lora_weights",
          "changes the frozen weights too; found "
              + start
              + "; allowed "
              + String.join(", ", STARTS)
              + ": PEFT's save_pretrained converts such an adapter with"
              + " path_initial_model_for_weight_conversion");
    }
  }

  /** Where the targets are not those of a list, their paths say the layers. */
  private static List<Integer> layers(PeftSource source) {
    JsonSettings settings = source.settings();
    List<String> known = source.layersCalled();
    List<Integer> layers = settings.numbers("layers_to_transform");
    List<String> patterns = settings.texts("layers_pattern");
    if (!layers.isEmpty() && !patterns.isEmpty() && patterns.stream().noneMatch(known::contains)) {
      throw settings.wrong(
          "layers_pattern",
          "found " + String.join(", ", patterns) + "; allowed " + String.join(", ", known));
    }
    boolean byPath = !settings.isList("target_modules") || settings.isSet("exclude_modules");
    return byPath ? List.of() : layers;
  }

  private static Biases biases(JsonSettings settings) {
    List<String> names = Stream.of(Biases.values()).map(LoraForm::name).toList();
    return Biases.valueOf(settings.oneOf("bias", names).toUpperCase(Locale.ROOT));
  }

  private static String name(Biases biases) {
    return biases.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Map<String, Object> write(LoraConfig config, Backbone backbone) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("r", config.rank());
    json.put("lora_alpha", config.alpha());
    json.put("lora_dropout", config.dropout());
    List<String> targets = paths(Lora.targets(config, backbone), backbone);
    if (!config.layers().isEmpty()) { // the targets of all layers, and which layers
      json.put("layers_to_transform", config.layers());
      json.put("layers_pattern", ModuleNames.beforeLayer(targets.get(0)));
      targets = paths(Lora.targets(config.withLayers(List.of()), backbone), backbone);
    }
    json.put("target_modules", ModuleNames.ofPaths(targets, backbone));
    json.put("rank_pattern", config.rankPattern());
    json.put("alpha_pattern", config.alphaPattern());
    json.put("bias", name(config.bias()));
    json.put("fan_in_fan_out", false);
    json.put("init_lora_weights", true);
    if (config.rankStabilized()) { // older releases of PEFT refuse these two keys
      json.put("use_rslora", true);
    }
    if (config.dora()) {
      json.put("use_dora", true);
    }
    return json;
  }

  private static List<String> paths(List<Target> targets, Backbone backbone) {
    for (Map.Entry<String, List<Site>> fused : backbone.fused().entrySet()) {
      for (Target target : targets) {
        if (target.sites().size() == 1 && fused.getValue().contains(target.first())) {
          throw new Invalid(
              "targets",
              "PEFT updates a matrix of several layers as a whole; found "
                  + target.path()
                  + "; allowed "
                  + fused.getKey());
        }
      }
    }
    return targets.stream().map(Target::path).toList();
  }

  @Override
  public Map<String, PeftTensor> tensors(Map<String, long[]> parameters, Backbone backbone) {
    Map<String, PeftTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) -> tensors.put(name, new PeftTensor(name(name, parameters), shape)));
    return tensors;
  }

  /** The bias of a layer that has an update is that of what PEFT wraps. */
  private static String name(String ours, Map<String, long[]> parameters) {
    if (!ours.endsWith(BIAS)) {
      return ours;
    }
    String path = ours.substring(0, ours.length() - BIAS.length());
    return parameters.containsKey(path + A) ? path + ".base_layer.bias" : ours;
  }
}
