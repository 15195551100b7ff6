package org.trimtab.method.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Site;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * A module that adds something at each of several sites.
 *
 * @param params all that trains
 * @param deltas by the site, in the order of {@link #sites()}
 * @param replaced those of the sites whose output is replaced
 * @param weights makes the weights that compute the same; empty where no weights can
 */
public record SiteDeltas(
    Params params,
    Map<Site, Delta> deltas,
    Set<Site> replaced,
    Optional<Supplier<Map<String, Tensor>>> weights)
    implements PeftModule {
  /** What is added at one site. */
  @FunctionalInterface
  public interface Delta {
    /** What to add to {@code out}, the output of {@code at}: broadcastable to it. */
    Tensor of(At at, Tensor out, Forward forward);

    /**
     * As {@link Contribution#rowwise}: of each row alone. A delta that reads other rows too says
     * that it doesn't.
     */
    default boolean rowwise() {
      return true;
    }

    /** As {@link Contribution#reads}. */
    default Optional<Tensor> reads(At at, Tensor out) {
      return Optional.empty();
    }
  }

  public SiteDeltas {
    deltas = Collections.unmodifiableMap(new LinkedHashMap<>(deltas));
    replaced = Set.copyOf(replaced);
  }

  /** Deltas that replace no output, and that no weights can take over. */
  public SiteDeltas(Params params, Map<Site, Delta> deltas) {
    this(params, deltas, Set.of(), Optional.empty());
  }

  /** The same where the output of {@code sites} is replaced. */
  public SiteDeltas replacing(Set<Site> sites) {
    return new SiteDeltas(params, deltas, sites, weights);
  }

  /** The same where the weights that {@code made} gives compute what the deltas do. */
  public SiteDeltas mergedBy(Supplier<Map<String, Tensor>> made) {
    return new SiteDeltas(params, deltas, replaced, Optional.of(made));
  }

  @Override
  public List<Site> sites() {
    return List.copyOf(deltas.keySet());
  }

  @Override
  public List<Site> replaces() {
    return deltas.keySet().stream().filter(replaced::contains).toList();
  }

  @Override
  public Optional<Map<String, Tensor>> merged() {
    return weights.map(Supplier::get);
  }

  @Override
  public Contribution contribute(Forward forward) {
    return new Contribution() {
      @Override
      public boolean visits(Site site) {
        return deltas.containsKey(site);
      }

      @Override
      public boolean rowwise(Site site) {
        return Optional.ofNullable(deltas.get(site)).map(Delta::rowwise).orElse(true);
      }

      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        return Optional.ofNullable(deltas.get(at.site())).map(d -> d.of(at, out, forward));
      }

      @Override
      public Optional<Tensor> reads(At at, Tensor out) {
        return Optional.ofNullable(deltas.get(at.site())).flatMap(d -> d.reads(at, out));
      }
    };
  }
}
