package org.trimtab.config;

import java.util.ArrayList;
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

  /** The same with one place for all of it. */
  ConfigNode at(Location place) {
    Map<String, Entry> placed = new LinkedHashMap<>();
    entries.forEach((key, entry) -> placed.put(key, new Entry(place, entry.value().at(place))));
    return new ConfigNode(
        kind, place, text, quoted, items.stream().map(item -> item.at(place)).toList(), placed);
  }

  /** The place of what {@code path} names, or of the nearest in a file that holds it. */
  Location locationOf(String path) {
    List<ConfigNode> way = way(path);
    int last = way.size() - 1;
    while (last > 0 && isElsewhere(way.get(last).location(), last < steps(path).length)) {
      last--;
    }
    return way.get(last).location();
  }

  /** Whether a place is a default's, or that of a setting of the command line for another key. */
  private static boolean isElsewhere(Location place, boolean ofAnotherKey) {
    return place.isDefault() || (ofAnotherKey && place.line() == 0);
  }

  boolean has(String path) {
    return lookup(path).isPresent();
  }

  /** What {@code path} names. */
  Optional<ConfigNode> lookup(String path) {
    List<ConfigNode> way = way(path);
    return way.size() > steps(path).length
        ? Optional.of(way.get(way.size() - 1))
        : Optional.empty();
  }

  /** From this to what {@code path} names, as far as there is anything. */
  private List<ConfigNode> way(String path) {
    List<ConfigNode> way = new ArrayList<>(List.of(this));
    for (String step : steps(path)) {
      Optional<ConfigNode> next = way.get(way.size() - 1).step(step);
      if (next.isEmpty()) {
        return way;
      }
      way.add(next.get());
    }
    return way;
  }

  private static String[] steps(String path) {
    return path.split("\\.|(?=\\[)", -1);
  }

  private Optional<ConfigNode> step(String step) {
    if (!step.matches("\\[[0-9]{1,9}]")) {
      return find(step);
    }
    int index = Integer.parseInt(step.substring(1, step.length() - 1));
    return index < items.size() ? Optional.of(items.get(index)) : Optional.empty();
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
   * {@code type} is another one. What a setting of the command line is merged into keeps its place.
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
    return mapping(
        location.line() == 0 && !base.location.isDefault() ? base.location : location, merged);
  }

  private boolean otherType(ConfigNode base) {
    Optional<String> own = find("type").map(ConfigNode::text);
    Optional<String> below = base.find("type").map(ConfigNode::text);
    return own.isPresent() && below.isPresent() && !own.equals(below);
  }

  /** The path of {@code key} below {@code path}. */
  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Whether there is no value at all, not even an empty text. */
  boolean isNothing() {
    return kind == Kind.SCALAR && text.isEmpty() && !quoted;
  }

  /** For messages: the raw text, or what this is. */
  String found() {
    return switch (kind) {
      case SCALAR -> isNothing() ? "nothing" : quoted ? "\"" + text + "\"" : text;
      case SEQUENCE -> "a list";
      case MAPPING -> "a mapping";
    };
  }
}
