package org.trimtab.base;

import java.util.Map;

/**
 * A kind of settings within a method's own, of which YAML names one. The defaults of a type stand
 * beside its record, in a YAML file of its name.
 *
 * @param kind what the types have in common
 * @param types the records, by the names that YAML gives them
 */
public record SettingKind<K>(Class<K> kind, Map<String, Class<? extends K>> types) {}
