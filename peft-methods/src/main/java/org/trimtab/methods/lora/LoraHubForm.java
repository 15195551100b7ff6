package org.trimtab.methods.lora;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubNames;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.site.HubTargets;
import org.trimtab.method.site.Target;

/** LoRA as the adapters library's files have it: one rank and alpha for all targets. */
final class LoraHubForm implements HubForm<LoraConfig> {
  private static final String KIND = "loras";
  private static final String LEAVE_OUT = "leave_out";

  @Override
  public String architecture() {
    return "lora";
  }

  @Override
  public Optional<LoraConfig> read(HubSource source) {
    JsonSettings settings = source.settings();
    if (!settings.text(HubTargets.COMPOSITION, HubTargets.ADD).equals(HubTargets.ADD)) {
      return Optional.empty();
    }
    settings.known("init_weights", "init_weights_seed", "use_gating", "dtype");
    settings.requireUnset("vera_b", "vera_d");
    settings.require(
        "use_dora",
        "false",
        "the library's DoRA scales biases too and norms without alpha / r, which no method does");
    int rank = settings.number("r");
    double alpha = settings.decimal("alpha");
    return Optional.of(
        new LoraConfig(
            rank,
            settings.truth("use_gating") ? rank : alpha, // the gate stands in alpha / r's place
            HubTargets.read(settings).stream().map(HubTargets::yaml).toList(),
            Optional.empty(),
            layers(source),
            Map.of(),
            Map.of(),
            false,
            settings.decimal("dropout", 0),
            Biases.NONE,
            false,
            NormGradient.DETACHED));
  }

  private static List<Integer> layers(HubSource source) {
    JsonSettings settings = source.settings();
    if (!settings.isSet(LEAVE_OUT)) {
      settings.known(LEAVE_OUT);
      return List.of();
    }
    List<Integer> left = settings.numbers(LEAVE_OUT);
    List<Integer> layers = source.layersWith(KIND);
    if (layers.isEmpty() || layers.stream().anyMatch(left::contains)) {
      throw settings.wrong(LEAVE_OUT, "found " + left + "; tensors are of the layers " + layers);
    }
    return layers;
  }

  @Override
  public Map<String, Object> write(LoraConfig config, HubTarget target) {
    requirePlain(config);
    double alpha =
        config.rankStabilized() ? config.alpha() * Math.sqrt(config.rank()) : config.alpha();
    if (target.gated() && alpha != config.rank()) {
      throw new Invalid(
          "alpha",
          "the adapters library's gate stands in the place of alpha / rank; found "
              + config.alpha()
              + "; allowed one that makes it 1");
    }
    List<Site> sites = Target.sites(Lora.targets(config, target.backbone()));
    Set<Point> points = sites.stream().map(Site::point).collect(Collectors.toSet());
    List<Integer> layers = sites.stream().map(Site::layer).distinct().sorted().toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architecture", architecture());
    json.put("r", config.rank());
    json.put("alpha", alpha == Math.rint(alpha) ? (Number) (int) alpha : (Number) alpha);
    json.put("dropout", config.dropout());
    json.putAll(HubTargets.write("targets", points));
    json.put(HubTargets.COMPOSITION, HubTargets.ADD);
    json.put("use_gating", target.gated());
    json.put("init_weights", "lora");
    json.put(LEAVE_OUT, others(layers, target.backbone().spec().layers()));
    if (sites.size() != points.size() * layers.size()) {
      throw new Invalid(
          "targets", "the adapters library has the same targets in every layer that has any");
    }
    return json;
  }

  private static List<Integer> others(List<Integer> layers, int all) {
    return IntStream.range(0, all).filter(layer -> !layers.contains(layer)).boxed().toList();
  }

  private static void requirePlain(LoraConfig config) {
    if (config.dora()) {
      throw new Invalid(
          "dora",
          "the adapters library's scales biases too and norms without alpha / r; allowed false");
    }
    if (config.bias() != Biases.NONE) {
      throw new Invalid("bias", "the adapters library saves no biases; allowed none");
    }
    Stream.of(
            Map.entry("rankPattern", config.rankPattern()),
            Map.entry("alphaPattern", config.alphaPattern()))
        .filter(entry -> !entry.getValue().isEmpty())
        .findFirst()
        .ifPresent(
            entry -> {
              throw new Invalid(
                  entry.getKey(), "the adapters library has one for all targets; allowed {}");
            });
  }

  @Override
  public Map<String, HubTensor> tensors(LoraConfig config, Map<String, long[]> parameters) {
    Map<String, HubTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) -> {
          int end = name.lastIndexOf(".lora_");
          String own = name.substring(end).replace(".weight", "");
          tensors.put(name, new HubTensor(HubNames.lora(name.substring(0, end)) + own, shape));
        });
    return tensors;
  }

  @Override
  public String gate(String path) {
    return HubNames.lora(path) + ".gate";
  }
}
