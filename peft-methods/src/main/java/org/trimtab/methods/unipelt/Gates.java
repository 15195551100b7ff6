package org.trimtab.methods.unipelt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * The gates' parameters.
 *
 * @param own of each part, by the site, or (one gate a layer) by the layer's input
 * @param central by the layer's input
 * @param gated the parts that have gates
 * @param layersRead the inputs of layers that gates of modules read
 */
record Gates(
    Params params,
    Map<String, Map<Site, Gate>> own,
    Map<Site, Central> central,
    List<String> gated,
    Set<Site> layersRead) {
  /** w (1, H or F) and b (1). */
  record Gate(String name, Tensor weight, Tensor bias) {
    /** σ(x w + b): (B, T, 1). */
    Tensor of(Tensor x) {
      return x.linear(weight, bias).sigmoid();
    }
  }

  /**
   * One gate of a layer over several parts.
   *
   * @param weight (n, H)
   * @param parts the n gated ones that touch the layer, in their order
   */
  record Central(Tensor weight, List<String> parts) {}

  static Gates create(UniPeltConfig config, Map<String, PeftModule> parts, Setup setup) {
    List<String> gated = parts.keySet().stream().filter(config::gated).toList();
    Gates gates =
        new Gates(
            new Params(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            gated,
            new LinkedHashSet<>());
    for (String part : gated) {
      List<Site> sites = sites(part, parts);
      sites.forEach(site -> requireGateable(config, part, site, setup));
      if (config.gate() == Gating.PER_MODULE) {
        gates.own.put(part, gates.create(config, part, sites, setup));
      }
    }
    if (config.gate() == Gating.CENTRAL) {
      gates.central(byLayer(gated, parts), config, setup);
    }
    return gates;
  }

  /** Where a gated part can be scaled: rows beside the text can't. */
  private static List<Site> sites(String part, Map<String, PeftModule> parts) {
    List<Site> sites = Optional.ofNullable(parts.get(part)).orElseThrow().sites();
    if (sites.isEmpty()) {
      throw new Invalid(
          "ungated", "a gate has nothing to scale of the part '" + part + "'; name it here");
    }
    return sites;
  }

  /** The parts that touch a layer, by the layer's input. */
  private static Map<Site, List<String>> byLayer(
      List<String> gated, Map<String, PeftModule> parts) {
    Map<Site, List<String>> byLayer = new LinkedHashMap<>();
    for (String part : gated) {
      sites(part, parts).stream()
          .map(Gates::layerInput)
          .distinct()
          .forEach(layer -> byLayer.computeIfAbsent(layer, l -> new ArrayList<>()).add(part));
    }
    return byLayer;
  }

  private Map<Site, Gate> create(UniPeltConfig config, String part, List<Site> sites, Setup setup) {
    boolean one = config.oneGate().contains(part);
    Map<Site, Gate> created = new LinkedHashMap<>();
    for (Site site : sites) {
      Site at = one ? layerInput(site) : site;
      if (!created.containsKey(at)) {
        Site read = config.gateInput() == GateInput.MODULE ? at : layerInput(at);
        int width = setup.spec().inputWidth(read);
        if (read.point() == Point.LAYER_INPUT) {
          layersRead.add(read);
        }
        String name = part + ".gate." + setup.backbone().path(at);
        Tensor weight = setup.init().normal(config.deviation(), 1, width);
        created.put(
            at,
            new Gate(
                name,
                params.add("gate", name + ".weight", weight),
                params.add("gate", name + ".bias", setup.init().zeros(1))));
      }
    }
    return created;
  }

  private void central(Map<Site, List<String>> byLayer, UniPeltConfig config, Setup setup) {
    byLayer.forEach(
        (layer, parts) -> {
          String name = "central_gate." + setup.backbone().path(layer) + ".weight";
          Tensor weight =
              setup.init().normal(config.deviation(), parts.size(), setup.spec().inputWidth(layer));
          central.put(layer, new Central(params.add("gate", name, weight), parts));
        });
  }

  private static void requireGateable(UniPeltConfig config, String part, Site site, Setup setup) {
    boolean sequence = config.gate() == Gating.PER_MODULE || config.gate() == Gating.CENTRAL;
    if (sequence && setup.spec().causal(site.stack())) {
      throw new Invalid(
          "gate",
          "a gate over a sequence would show a row what comes after it, at "
              + site
              + "; allowed fixed, none");
    }
    boolean readsLayer =
        config.gateInput() == GateInput.LAYER
            || config.gate() == Gating.CENTRAL
            || config.oneGate().contains(part);
    // Outside the layers a norm alone has the rows of the layers, and none has a layer's input.
    boolean readable = site.point().inLayer() || (site.point().role() == Role.NORM && !readsLayer);
    if (sequence && !readable) {
      throw new Invalid(
          "ungated", "no gate can read what the part '" + part + "' touches, at " + site);
    }
  }

  /** Whether a gate reads {@code site}, the input of a layer. */
  boolean reads(Site site) {
    return central.containsKey(site) || layersRead.contains(site);
  }

  /** The input of the layer that {@code site} is in. */
  static Site layerInput(Site site) {
    return site.beside(Point.LAYER_INPUT);
  }
}
