package org.trimtab.method.layer;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.BackboneSpec;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.method.Forward;
import org.trimtab.tensor.Tensor;

/**
 * A bottleneck beside a branch: what it makes of its input is added to the branch.
 *
 * @param input what it reads
 * @param bottleneck its own layers
 */
public record BranchAdapter(AdapterInput input, Bottleneck bottleneck) implements SiteDeltas.Delta {
  /** An adapter's own layers. */
  @FunctionalInterface
  public interface Bottleneck {
    /** (B, T, H) to (B, T, H). */
    Tensor of(Tensor x, Forward forward);
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
  public Tensor of(At at, Tensor out, Forward forward) {
    return bottleneck.of(input.of(at, out), forward);
  }

  @Override
  public Optional<Tensor> reads(At at, Tensor out) {
    return Optional.of(input.of(at, out));
  }
}
