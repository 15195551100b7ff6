package org.trimtab.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A kind of settings, such as tasks or heads, of which YAML names one by the key "type". The
 * defaults of a type stand beside its record, in a YAML file of its name.
 *
 * @param kind what the types have in common
 * @param types the records, by the names that YAML gives them, in the order of messages
 */
public record SettingKind<K>(Class<K> kind, Map<String, Class<? extends K>> types) {
  public SettingKind {
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
  }

  /** A kind to which {@link #with} adds types. */
  public static <K> SettingKind<K> of(Class<K> kind) {
    return new SettingKind<>(kind, Map.of());
  }

  /** This with one more type, the record {@code type} under {@code name}. */
  public SettingKind<K> with(String name, Class<? extends K> type) {
    Map<String, Class<? extends K>> more = new LinkedHashMap<>(types);
    more.put(name, type);
    return new SettingKind<>(kind, more);
  }
}
