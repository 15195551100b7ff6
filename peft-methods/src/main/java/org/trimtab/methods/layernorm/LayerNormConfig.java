package org.trimtab.methods.layernorm;

import java.util.List;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;

/**
 * Settings of LayerNorm tuning.
 *
 * @param targets points, or ends of module paths
 */
public record LayerNormConfig(List<String> targets) implements MethodConfig {
  public LayerNormConfig {
    Check.notEmpty("targets", targets);
  }
}
