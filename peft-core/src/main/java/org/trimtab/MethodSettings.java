package org.trimtab;

import java.util.Map;
import org.trimtab.config.SettingValue;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.method.MethodConfig;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;

/**
 * Settings of methods, those that nobody says being the defaults of the method's {@code
 * defaults.yaml}.
 */
public final class MethodSettings {
  private MethodSettings() {}

  /**
   * Settings of the method called {@code name}, be it Trimtab's or a plug-in's.
   *
   * @param settings by their YAML keys, such as {@code reduction_factor}
   * @throws org.trimtab.base.UserError for a name or a key that there isn't, or a value that isn't
   *     allowed
   */
  public static MethodConfig of(String name, Map<String, ?> settings) {
    return of(name, settings, MethodRegistry.installed());
  }

  private static MethodConfig of(String name, Map<String, ?> settings, MethodRegistry methods) {
    return ExperimentFiles.of(methods)
        .method(SettingValue.ofType("MethodSettings", "method", name, settings));
  }

  /**
   * A method's settings as they are where nobody says anything; what differs is said by its
   * withers: {@code MethodSettings.defaults(LoraConfig.class).withRank(4)}.
   *
   * @throws IllegalArgumentException if no installed method takes such settings
   */
  public static <C extends MethodConfig> C defaults(Class<C> type) {
    MethodRegistry methods = MethodRegistry.installed();
    String name =
        methods.all().stream()
            .filter(binding -> binding.method().configType() == type)
            .map(MethodBinding::name)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no method takes " + type));
    return type.cast(of(name, Map.of(), methods));
  }
}
