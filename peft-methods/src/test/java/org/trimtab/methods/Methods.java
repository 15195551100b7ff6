package org.trimtab.methods;

import java.util.stream.Collectors;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.plugin.Plugins;

/** Every method of this jar. */
final class Methods {
  private Methods() {}

  static MethodRegistry registry() {
    return new MethodRegistry(
        new TrimtabMethods()
            .methods().entrySet().stream()
                .map(e -> new MethodBinding(e.getKey(), e.getValue(), Plugins.TRIMTAB))
                .collect(Collectors.toList()));
  }
}
