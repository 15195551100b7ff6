package org.trimtab.method.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * Biases of the backbone that train, as absolute values: what is added at a site is the trained
 * bias less the frozen one, zero at the start.
 */
public final class TrainedBiases {
  private final Backbone backbone;
  private final Map<Site, Tensor> trained = new LinkedHashMap<>();
  private final Map<Site, Tensor> frozen = new LinkedHashMap<>();

  /** Copies the biases of {@code sites} (those that have one) into {@code params}. */
  public TrainedBiases(List<Site> sites, Setup setup, Params params) {
    backbone = setup.backbone();
    for (Site site : sites) {
      bias(site)
          .ifPresent(
              bias -> {
                frozen.put(site, bias);
                double[] values = backbone.tensors().doubles(bias);
                Tensor copy = setup.init().tensors().of(values, values.length);
                trained.put(site, params.add("bias", backbone.path(site) + ".bias", copy));
              });
    }
  }

  private Optional<Tensor> bias(Site site) {
    boolean norm = site.point().role() == Role.NORM;
    return norm ? backbone.norm(site).bias() : backbone.linear(site).bias();
  }

  /** What to add at each site that has a bias: (out). */
  public Map<Site, SiteDeltas.Delta> deltas() {
    Map<Site, SiteDeltas.Delta> deltas = new LinkedHashMap<>();
    trained.forEach(
        (site, bias) -> {
          Tensor before = Optional.ofNullable(frozen.get(site)).orElseThrow();
          deltas.put(site, (at, out, forward) -> bias.sub(before));
        });
    return deltas;
  }

  /** The trained biases by the names of the backbone's weights. */
  public Map<String, Tensor> merged() {
    Map<String, Tensor> merged = new LinkedHashMap<>();
    trained.forEach((site, bias) -> merged.put(backbone.path(site) + ".bias", bias));
    return merged;
  }
}
