package org.trimtab.methods.sum;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.trimtab.json.Check;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.Parts;

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
  public List<Path> files() {
    return Parts.files(parts);
  }
}
