package org.trimtab.method;

import java.util.Map;

/**
 * What a jar offers, found with {@link java.util.ServiceLoader}: plain objects, without injection.
 */
public interface TrimtabPlugin {
  /** Methods by the name that YAML gives them. */
  Map<String, PeftMethod<?>> methods();
}
