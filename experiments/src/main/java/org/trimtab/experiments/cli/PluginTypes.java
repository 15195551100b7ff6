package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.Locale;
import org.trimtab.plugin.KindRegistry;
import org.trimtab.plugin.Plugins;

/** Lists the types of settings that plug-ins add, each with its jar. */
final class PluginTypes {
  private final KindRegistry kinds;

  @Inject
  PluginTypes(KindRegistry kinds) {
    this.kinds = kinds;
  }

  /**
   * A line for each type.
   *
   * @param key where settings name one, such as {@code train.optimizer.type}
   */
  void print(String key, Class<?> kind, PrintWriter out) {
    kinds
        .providers(kind)
        .forEach(
            (name, provider) -> {
              if (!provider.equals(Plugins.TRIMTAB)) {
                out.println(String.format(Locale.ROOT, "%s: %s [%s]", key, name, provider));
              }
            });
  }
}
