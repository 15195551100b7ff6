package org.trimtab.method.site;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Site;

/**
 * A linear layer or norm as Hugging Face's model has it: one site, or the parts of a larger layer
 * such as {@code c_attn}.
 *
 * @param path of the module, without the model's prefix
 * @param sites in the order of the layer's rows
 */
public record Target(String path, List<Site> sites) {
  public Target {
    sites = List.copyOf(sites);
  }

  /** One of {@code sites} each. */
  static List<Target> each(List<Site> sites, Backbone backbone) {
    return sites.stream().map(site -> new Target(backbone.path(site), List.of(site))).toList();
  }

  /** The larger layers whose parts are all among {@code sites}. */
  static List<Target> fused(List<Site> sites, Backbone backbone) {
    return backbone.fused().entrySet().stream()
        .filter(layer -> sites.containsAll(layer.getValue()))
        .map(layer -> new Target(layer.getKey(), layer.getValue()))
        .toList();
  }

  /** The same without single sites that are parts of a larger one, in the order of a pass. */
  static List<Target> whole(List<Target> targets) {
    List<Target> kept = new ArrayList<>();
    for (Target target : targets) {
      if (targets.stream().noneMatch(other -> other.holds(target))) {
        kept.add(target);
      }
    }
    return kept;
  }

  private boolean holds(Target part) {
    return sites.size() > part.sites.size() && sites.containsAll(part.sites);
  }

  /** The first site, which says stack, layer and width of what enters. */
  public Site first() {
    return sites.get(0);
  }

  /** The width of what leaves the whole layer. */
  public int outputWidth(BackboneSpec spec) {
    return sites.stream().mapToInt(spec::outputWidth).sum();
  }

  /** The sites of {@code targets}. */
  public static List<Site> sites(List<Target> targets) {
    return targets.stream().map(Target::sites).flatMap(List::stream).toList();
  }

  /** Sites and larger layers, each where its first row's site is. */
  static List<Target> all(List<Site> sites, Backbone backbone) {
    List<Target> fused = fused(sites, backbone);
    return each(sites, backbone).stream()
        .flatMap(
            single ->
                Stream.concat(
                    fused.stream().filter(f -> f.first().equals(single.first())),
                    Stream.of(single)))
        .toList();
  }
}
