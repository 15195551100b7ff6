package org.trimtab.plugin;

import java.util.Map;
import org.trimtab.method.PeftMethod;

/**
 * What a jar offers, found with {@link java.util.ServiceLoader}: plain objects, without injection.
 */
public interface TrimtabPlugin {
  /** Methods by the name that YAML gives them. */
  Map<String, PeftMethod<?>> methods();
}
