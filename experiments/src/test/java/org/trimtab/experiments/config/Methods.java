package org.trimtab.experiments.config;

import java.util.stream.Collectors;
import org.trimtab.methods.TrimtabMethods;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.plugin.Plugins;

/** The methods that come along. */
final class Methods {
  private Methods() {}

  static MethodRegistry all() {
    return new MethodRegistry(
        new TrimtabMethods()
            .methods().entrySet().stream()
                .map(e -> new MethodBinding(e.getKey(), e.getValue(), Plugins.TRIMTAB))
                .collect(Collectors.toList()));
  }
}
