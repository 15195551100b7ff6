package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;
import org.trimtab.plugin.KindRegistry;
import org.trimtab.plugin.Plugins;

/** Lists the types that settings can name, plug-ins' with their jar. */
final class SettingTypes {
  private final KindRegistry kinds;

  @Inject
  SettingTypes(KindRegistry kinds) {
    this.kinds = kinds;
  }

  /** Who offers each type of a kind. */
  Map<String, String> providers(Class<?> kind) {
    return kinds.providers(kind);
  }

  /**
   * A line with all types of a kind.
   *
   * @param key where settings name one, such as {@code train.optimizer.type}
   */
  void print(String key, Class<?> kind, PrintWriter out) {
    String types =
        providers(kind).entrySet().stream()
            .map(SettingTypes::type)
            .collect(Collectors.joining(", "));
    out.println(ShippedNames.line(key, types));
  }

  private static String type(Map.Entry<String, String> type) {
    String provider = type.getValue();
    return provider.equals(Plugins.TRIMTAB) ? type.getKey() : type.getKey() + " [" + provider + "]";
  }
}
