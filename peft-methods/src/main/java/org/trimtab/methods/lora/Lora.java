package org.trimtab.methods.lora;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Site;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.method.layer.TrainedBiases;
import org.trimtab.method.site.Target;
import org.trimtab.method.site.Targets;
import org.trimtab.peft.PeftForm;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * LoRA (Hu et al., ICLR 2022): a linear layer's output gets s (x Aᵀ) Bᵀ, with A (r, in), B (out, r)
 * and s = alpha / r, or alpha / √r (Kalajdzievski, 2023). A starts as U(±1/√in), as the authors'
 * code has it (the paper says Gaussian), B as zeros: the start is the frozen model.
 *
 * <p>DoRA (Liu et al., ICML 2024): with V = W + s B A and n its rows' norms, the layer becomes (m /
 * n) ∘ x Vᵀ + b; the magnitude m (out) starts as the norms of W. A row of W that is zero has no
 * direction, so no magnitude either: it trains as LoRA has it, m / n being 1.
 */
public final class Lora implements PeftMethod<LoraConfig> {
  @Override
  public Class<LoraConfig> configType() {
    return LoraConfig.class;
  }

  @Override
  public String description() {
    return "Low-rank updates of linear layers, with DoRA's magnitude as an option";
  }

  @Override
  public String paper() {
    return "Hu et al., ICLR 2022; DoRA: Liu et al., ICML 2024";
  }

  @Override
  public String attaches() {
    return "the output of linear layers";
  }

  @Override
  public String parameters() {
    return "a target: r (in + out); DoRA: + out";
  }

  @Override
  public Sizes sizes(LoraConfig config, Setup setup) {
    Map<String, Double> sizes = new LinkedHashMap<>();
    for (Target target : targets(config, setup.backbone())) {
      Optional<Integer> own =
          Targets.first("rankPattern", config.rankPattern().keySet(), target, setup.backbone())
              .map(config.rankPattern()::get);
      double widths =
          (double) setup.spec().inputWidth(target.first()) + target.outputWidth(setup.spec());
      String key = own.isPresent() ? "rankPattern" : "rank";
      sizes.merge(key, widths * own.orElse(config.rank()), Double::sum);
    }
    return new Sizes(sizes);
  }

  @Override
  public Optional<PeftForm<LoraConfig>> peft() {
    return Optional.of(new LoraForm());
  }

  @Override
  public Optional<HubForm<LoraConfig>> adapterHub(AdapterHubForms others) {
    return Optional.of(new LoraHubForm());
  }

  @Override
  public PeftModule create(LoraConfig config, Setup setup) {
    Params params = new Params();
    Backbone backbone = setup.backbone();
    List<Target> targets = targets(config, backbone);
    Targets.requireUsed("rankPattern", config.rankPattern().keySet(), targets, backbone);
    Targets.requireUsed("alphaPattern", config.alphaPattern().keySet(), targets, backbone);
    Map<Site, LowRankPart> updates = new LinkedHashMap<>();
    targets.forEach(
        target -> updates.putAll(new LowRankUpdate(config, target, setup, params).parts()));
    TrainedBiases biases = new TrainedBiases(biases(config, targets, backbone), setup, params);
    return new SiteDeltas(params, deltas(updates, biases))
        .replacing(config.dora() ? updates.keySet() : Set.of())
        .mergedBy(() -> merged(updates, biases, backbone));
  }

  static List<Target> targets(LoraConfig config, Backbone backbone) {
    return config
        .targetPattern()
        .map(pattern -> Targets.matching("targetPattern", pattern, backbone))
        .orElseGet(
            () -> new Targets("targets", config.targets(), config.layers()).linears(backbone));
  }

  private static List<Site> biases(LoraConfig config, List<Target> targets, Backbone backbone) {
    return switch (config.bias()) {
      case NONE -> List.of();
      case LORA_ONLY -> Target.sites(targets);
      case ALL -> Targets.withBias(backbone);
    };
  }

  private static Map<Site, SiteDeltas.Delta> deltas(
      Map<Site, LowRankPart> updates, TrainedBiases biases) {
    Map<Site, SiteDeltas.Delta> deltas = new LinkedHashMap<>(updates);
    biases
        .deltas()
        .forEach(
            (site, bias) ->
                deltas.merge(
                    site,
                    bias,
                    (low, b) ->
                        (at, out, forward) ->
                            low.of(at, out, forward).add(b.of(at, out, forward))));
    return deltas;
  }

  private static Map<String, Tensor> merged(
      Map<Site, LowRankPart> updates, TrainedBiases biases, Backbone backbone) {
    Map<String, Tensor> merged = new LinkedHashMap<>();
    updates.forEach((site, u) -> merged.put(backbone.path(site) + ".weight", u.merged()));
    merged.putAll(biases.merged());
    return merged;
  }
}
