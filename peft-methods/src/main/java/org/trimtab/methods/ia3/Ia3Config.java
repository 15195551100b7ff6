package org.trimtab.methods.ia3;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.backbone.Point;
import org.trimtab.backbone.Role;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.site.Targets;

/**
 * Settings of IA3.
 *
 * @param scaled the points whose output is multiplied
 */
@RecordBuilder
public record Ia3Config(List<Point> scaled) implements MethodConfig, Ia3ConfigBuilder.With {
  /** Outputs of linear layers, and what enters output projections: what weights can take over. */
  private static final Set<Point> SCALABLE = Point.of(Role.LINEAR, Role.INNER);

  public Ia3Config {
    Check.all(
        () -> Check.notEmpty("scaled", scaled),
        () -> Check.distinct("scaled", scaled),
        () -> requireScalable(scaled));
  }

  private static void requireScalable(List<Point> scaled) {
    for (int i = 0; i < scaled.size(); i++) {
      if (!SCALABLE.contains(scaled.get(i))) {
        throw new Invalid(
            "scaled[" + i + "]",
            "no vector can scale it; found "
                + Targets.name(scaled.get(i))
                + "; allowed "
                + SCALABLE.stream().map(Targets::name).collect(Collectors.joining(", ")));
      }
    }
  }
}
