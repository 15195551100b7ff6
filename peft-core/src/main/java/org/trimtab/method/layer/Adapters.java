package org.trimtab.method.layer;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * A bottleneck beside each of several branches: what it makes of its input is added to the branch.
 *
 * @param params of all bottlenecks
 * @param bottlenecks by the branch
 * @param input what each reads
 */
public record Adapters(Params params, Map<Site, Bottleneck> bottlenecks, AdapterInput input)
    implements PeftModule {
  /** An adapter's own layers. */
  @FunctionalInterface
  public interface Bottleneck {
    /** (B, T, H) to (B, T, H). */
    Tensor of(Tensor x, Forward forward);
  }

  public Adapters {
    bottlenecks = new LinkedHashMap<>(bottlenecks);
  }

  /**
   * The branches of all layers.
   *
   * @throws Invalid if one of {@code after} is no branch
   */
  public static List<Site> branches(List<Point> after, BackboneSpec spec) {
    if (after.isEmpty() || !Point.of(Role.BRANCH).containsAll(after)) {
      throw new Invalid("after", "found " + after + "; allowed attention, ffn");
    }
    return spec.sites(EnumSet.copyOf(after));
  }

  @Override
  public List<Site> sites() {
    return List.copyOf(bottlenecks.keySet());
  }

  @Override
  public Contribution contribute(Forward forward) {
    return new Contribution() {
      @Override
      public Optional<Tensor> delta(At at, Tensor out) {
        return Optional.ofNullable(bottlenecks.get(at.site()))
            .map(bottleneck -> bottleneck.of(input.of(at, out), forward));
      }

      @Override
      public Optional<Tensor> reads(At at, Tensor out) {
        return bottlenecks.containsKey(at.site())
            ? Optional.of(input.of(at, out))
            : Optional.empty();
      }
    };
  }
}
