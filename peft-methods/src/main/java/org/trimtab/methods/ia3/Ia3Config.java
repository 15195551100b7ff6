package org.trimtab.methods.ia3;

import java.util.List;
import org.trimtab.backbone.Point;
import org.trimtab.json.Check;
import org.trimtab.method.MethodConfig;

/**
 * Settings of IA3.
 *
 * @param scaled the points whose output is multiplied
 */
public record Ia3Config(List<Point> scaled) implements MethodConfig {
  public Ia3Config {
    Check.all(() -> Check.notEmpty("scaled", scaled), () -> Check.distinct("scaled", scaled));
  }
}
