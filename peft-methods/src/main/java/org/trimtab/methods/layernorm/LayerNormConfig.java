package org.trimtab.methods.layernorm;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;

/**
 * Settings of LayerNorm tuning.
 *
 * @param targets points, or ends of module paths
 */
@RecordBuilder
public record LayerNormConfig(List<String> targets)
    implements MethodConfig, LayerNormConfigBuilder.With {
  public LayerNormConfig {
    Check.notEmpty("targets", targets);
  }
}
