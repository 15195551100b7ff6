package org.trimtab.methods.ia3;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.FrozenLinear;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.method.site.Targets;
import org.trimtab.peft.PeftForm;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * IA3 (Liu et al., NeurIPS 2022): vectors, ones at the start, multiply keys, values and the
 * feed-forward's activated inside. As an addition: (l - 1) ∘ out.
 *
 * <p>Hugging Face PEFT's default on BERT scales what enters both output projections: {@code scaled:
 * [key, value, attention-inner, ffn-inner]}. The adapters library scales the up projection before
 * its activation: {@code [key, value, ffn-up]}.
 */
public final class Ia3 implements PeftMethod<Ia3Config> {
  @Override
  public Class<Ia3Config> configType() {
    return Ia3Config.class;
  }

  @Override
  public String description() {
    return "Vectors that multiply keys, values and the feed-forward's inside";
  }

  @Override
  public String paper() {
    return "Liu et al., NeurIPS 2022";
  }

  @Override
  public String attaches() {
    return "the output of the scaled points: keys, values, the feed-forward's inside";
  }

  @Override
  public String parameters() {
    return "L (2 H + F)";
  }

  @Override
  public Optional<PeftForm<Ia3Config>> peft() {
    return Optional.of(new Ia3Form());
  }

  @Override
  public Optional<HubForm<Ia3Config>> adapterHub(AdapterHubForms others) {
    return Optional.of(new Ia3HubForm());
  }

  @Override
  public PeftModule create(Ia3Config config, Setup setup) {
    Params params = new Params();
    Map<Site, Tensor> scales = new LinkedHashMap<>();
    Map<Site, SiteDeltas.Delta> deltas = new LinkedHashMap<>();
    requireSites(config, setup);
    for (Site site : setup.spec().sites(EnumSet.copyOf(config.scaled()))) {
      Tensor ones = setup.init().constant(1, setup.spec().outputWidth(site));
      Tensor scale = params.add("ia3", setup.backbone().path(site) + ".ia3_l", ones);
      scales.put(site, scale);
      deltas.put(site, (at, out, forward) -> out.mul(scale.add(-1)));
    }
    return new SiteDeltas(params, deltas)
        .replacing(scales.keySet())
        .mergedBy(() -> merged(setup.backbone(), scales));
  }

  private static void requireSites(Ia3Config config, Setup setup) {
    for (int i = 0; i < config.scaled().size(); i++) {
      if (setup.spec().sites(EnumSet.of(config.scaled().get(i))).isEmpty()) {
        throw new Invalid(
            "scaled[" + i + "]",
            "the backbone has no such site; found " + Targets.name(config.scaled().get(i)));
      }
    }
  }

  private static Map<String, Tensor> merged(Backbone backbone, Map<Site, Tensor> scales) {
    Map<String, Tensor> merged = new LinkedHashMap<>();
    scales.forEach((site, scale) -> merged.putAll(merged(backbone, site, scale)));
    return merged;
  }

  private static Map<String, Tensor> merged(Backbone backbone, Site site, Tensor scale) {
    Map<String, Tensor> merged = new LinkedHashMap<>();
    Optional<Point> entered = entered(site.point());
    if (entered.isPresent()) { // the columns of the projection that it enters
      Site next = site.beside(entered.get());
      merged.put(
          backbone.path(next) + ".weight", backbone.linear(next).weight().mul(scale.view(1, -1)));
      return merged;
    }
    FrozenLinear linear = backbone.linear(site);
    merged.put(backbone.path(site) + ".weight", linear.weight().mul(scale.view(-1, 1)));
    linear.bias().ifPresent(b -> merged.put(backbone.path(site) + ".bias", b.mul(scale)));
    return merged;
  }

  /** The projection that {@code point} enters; empty where it is none's inside. */
  static Optional<Point> entered(Point point) {
    return switch (point) {
      case ATTENTION_INNER -> Optional.of(Point.ATTENTION_OUT);
      case FFN_INNER -> Optional.of(Point.FFN_DOWN);
      default -> Optional.empty();
    };
  }
}
