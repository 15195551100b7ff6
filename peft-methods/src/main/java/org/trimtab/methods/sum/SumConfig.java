package org.trimtab.methods.sum;

import java.util.List;
import java.util.Map;
import org.trimtab.base.Check;
import org.trimtab.method.MethodConfig;

/**
 * Settings of a sum.
 *
 * @param parts methods by names of the user's choice
 */
public record SumConfig(Map<String, MethodConfig> parts) implements MethodConfig {
  public SumConfig {
    Check.notEmpty("parts", parts.keySet());
  }

  @Override
  public List<MethodConfig> combined() {
    return List.copyOf(parts.values());
  }
}
