package org.trimtab.plugin;

import java.util.List;
import java.util.Map;
import org.trimtab.base.SettingKind;
import org.trimtab.method.PeftMethod;

/**
 * What a jar offers, found with {@link java.util.ServiceLoader}: plain objects, without injection.
 */
public interface TrimtabPlugin {
  /** Methods by the name that YAML gives them. */
  default Map<String, PeftMethod<?>> methods() {
    return Map.of();
  }

  /** Tasks, heads, optimizers, backbones and the like, each a record of settings under its name. */
  default List<SettingKind<?>> kinds() {
    return List.of();
  }

  /** What people are told that its methods and types come from: its jar, unless it says better. */
  default String provider() {
    return getClass().getProtectionDomain().getCodeSource().getLocation().getPath();
  }
}
