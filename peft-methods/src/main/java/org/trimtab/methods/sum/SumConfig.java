package org.trimtab.methods.sum;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;

/**
 * Settings of a sum.
 *
 * @param parts methods by names of the user's choice
 */
@RecordBuilder
public record SumConfig(Map<String, MethodConfig> parts)
    implements MethodConfig, SumConfigBuilder.With {
  public SumConfig {
    Check.notEmpty("parts", parts.keySet());
  }

  @Override
  public List<MethodConfig> combined() {
    return List.copyOf(parts.values());
  }
}
