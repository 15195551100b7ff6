package org.trimtab.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of YAML: a scalar with its raw text, a sequence, or a mapping; each with its place. */
final class ConfigNode {
  /** What a piece of YAML is. */
  enum Kind {
    SCALAR,
    SEQUENCE,
    MAPPING
  }

  /** A mapping's key and value. */
  record Entry(Location keyLocation, ConfigNode value) {}

  private final Kind kind;
  private final Location location;
  private final String text;
  private final boolean quoted;
  private final List<ConfigNode> items;
  private final Map<String, Entry> entries;

  private ConfigNode(
      Kind kind,
      Location location,
      String text,
      boolean quoted,
      List<ConfigNode> items,
      Map<String, Entry> entries) {
    this.kind = kind;
    this.location = location;
    this.text = text;
    this.quoted = quoted;
    this.items = items;
    this.entries = entries;
  }

  static ConfigNode scalar(Location location, String text, boolean quoted) {
    return new ConfigNode(Kind.SCALAR, location, text, quoted, List.of(), Map.of());
  }

  static ConfigNode sequence(Location location, List<ConfigNode> items) {
    return new ConfigNode(Kind.SEQUENCE, location, "", false, List.copyOf(items), Map.of());
  }

  static ConfigNode mapping(Location location, Map<String, Entry> entries) {
    Map<String, Entry> copy = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    return new ConfigNode(Kind.MAPPING, location, "", false, List.of(), copy);
  }

  Kind kind() {
    return kind;
  }

  Location location() {
    return location;
  }

  String text() {
    return text;
  }

  boolean quoted() {
    return quoted;
  }

  List<ConfigNode> items() {
    return items;
  }

  Map<String, Entry> entries() {
    return entries;
  }

  Optional<ConfigNode> find(String key) {
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  ConfigNode without(String key) {
    Map<String, Entry> rest = new LinkedHashMap<>(entries);
    rest.remove(key);
    return mapping(location, rest);
  }

  /**
   * This over {@code base}: mappings merge key by key, all else replaces; so does a mapping whose
   * {@code type} is another one.
   */
  ConfigNode over(ConfigNode base) {
    if (kind != Kind.MAPPING || base.kind != Kind.MAPPING || otherType(base)) {
      return this;
    }
    Map<String, Entry> merged = new LinkedHashMap<>(base.entries);
    entries.forEach(
        (key, entry) -> {
          Entry below = merged.get(key);
          ConfigNode value = below == null ? entry.value() : entry.value().over(below.value());
          merged.put(key, new Entry(entry.keyLocation(), value));
        });
    return mapping(location, merged);
  }

  private boolean otherType(ConfigNode base) {
    Optional<String> own = find("type").map(ConfigNode::text);
    Optional<String> below = base.find("type").map(ConfigNode::text);
    return own.isPresent() && below.isPresent() && !own.equals(below);
  }

  /** For messages: the raw text, or what this is. */
  String found() {
    return switch (kind) {
      case SCALAR -> text.isEmpty() && !quoted ? "nothing" : quoted ? "\"" + text + "\"" : text;
      case SEQUENCE -> "a list";
      case MAPPING -> "a mapping";
    };
  }
}
