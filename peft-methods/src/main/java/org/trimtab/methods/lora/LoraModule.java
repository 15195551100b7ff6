package org.trimtab.methods.lora;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Site;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.TrainedBiases;
import org.trimtab.method.site.Targets;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** An update for each targeted layer, and the biases that train beside them. */
final class LoraModule implements PeftModule {
  private final LoraConfig config;
  private final Backbone backbone;
  private final Params params = new Params();
  private final Map<Site, LowRankUpdate> updates = new LinkedHashMap<>();
  private final TrainedBiases biases;

  LoraModule(LoraConfig config, Setup setup) {
    this.config = config;
    backbone = setup.backbone();
    List<Site> targets = targets(config, backbone);
    targets.forEach(site -> updates.put(site, new LowRankUpdate(config, site, setup, params)));
    List<Site> trained =
        switch (config.bias()) {
          case NONE -> List.of();
          case LORA_ONLY -> targets;
          case ALL -> Targets.withBias(backbone);
        };
    biases = new TrainedBiases(trained, setup, params);
  }

  private static List<Site> targets(LoraConfig config, Backbone backbone) {
    return config
        .targetPattern()
        .map(pattern -> Targets.matching("targetPattern", pattern, backbone))
        .orElseGet(
            () -> new Targets("targets", config.targets(), config.layers()).linears(backbone));
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public List<Site> sites() {
    Set<Site> sites = new LinkedHashSet<>(updates.keySet());
    sites.addAll(biases.sites());
    return List.copyOf(sites);
  }

  @Override
  public List<Site> replaces() {
    return config.dora() ? List.copyOf(updates.keySet()) : List.of();
  }

  @Override
  public Contribution contribute(Forward forward) {
    return new Contribution() {
      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        Optional<Tensor> low =
            Optional.ofNullable(updates.get(at.site())).map(u -> u.delta(at.in(), out, forward));
        Optional<Tensor> bias = biases.delta(at.site());
        return low.map(l -> bias.map(l::add).orElse(l)).or(() -> bias);
      }
    };
  }

  @Override
  public Optional<Map<String, Tensor>> merged() {
    Map<String, Tensor> merged = new LinkedHashMap<>();
    updates.forEach((site, u) -> merged.put(backbone.path(site) + ".weight", u.merged()));
    merged.putAll(biases.merged());
    return Optional.of(merged);
  }
}
