package org.trimtab.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.base.HalfCharacter;
import org.trimtab.config.YamlTokens.Kind;

/** YAML as nodes that know their place, one document, no anchors, no tags, no duplicate keys. */
final class YamlParser {
  private static final int DEEPEST = 50;
  private final Problems problems;
  private final Places places;
  private final String root;
  private final YamlTokens tokens;

  /** What stands for a line and a column, both from 1. */
  private interface Places {
    Location at(int line, int column);
  }

  private YamlParser(String text, String root, Problems problems, Places places) {
    this.root = root;
    this.problems = problems;
    this.places = places;
    tokens = new YamlTokens(text);
  }

  /** Reads a file's {@code text}; where that is no YAML, an empty mapping. */
  static ConfigNode parse(String text, String file, Problems problems) {
    Places places = (line, column) -> new Location(file, line, column);
    return new YamlParser(text, "", problems, places).read();
  }

  /** Reads the value {@code text} of {@code key}, all of which stands at {@code place}. */
  static ConfigNode parseValue(String text, String key, Problems problems, Location place) {
    return new YamlParser(text, key, problems, (line, column) -> place).read();
  }

  private ConfigNode read() {
    try {
      return document();
    } catch (NoYaml e) {
      Location location = places.at(e.line(), e.column());
      problems.addUnreadable(location, root, "no YAML: " + e.getMessage());
      return ConfigNode.mapping(places.at(1, 1), Map.of());
    }
  }

  private ConfigNode document() throws NoYaml {
    Kind first = tokens.next();
    if (first == Kind.NOTHING) {
      return ConfigNode.scalar(places.at(1, 1), "", false);
    }
    ConfigNode node = node(first, root, 0);
    if (tokens.next() != Kind.NOTHING) {
      Location second = places.at(tokens.lineOfDocument(), 1);
      problems.add(second, root, "a second document; allowed one document in a file");
    }
    return node;
  }

  private ConfigNode node(Kind kind, String path, int depth) throws NoYaml {
    if (depth > DEEPEST) {
      throw new NoYaml(1, 1, "more than " + DEEPEST + " levels, one in another");
    }
    refuseProperties(path);
    return switch (kind) {
      case SEQUENCE -> sequence(path, depth);
      case MAPPING -> mapping(path, depth);
      case ALIAS -> alias(path);
      default -> scalar(path);
    };
  }

  private ConfigNode scalar(String path) {
    String text = tokens.text();
    HalfCharacter.in(text).ifPresent(half -> problems.addUnreadable(location(), path, half));
    return ConfigNode.scalar(location(), text, tokens.isQuoted());
  }

  private void refuseProperties(String path) {
    YamlText.Properties properties = tokens.properties();
    properties.anchor().ifPresent(anchor -> refuse("an anchor", anchor, path));
    properties.tag().ifPresent(tag -> refuse("a tag", tag, path));
  }

  private void refuse(String what, String found, String path) {
    problems.add(location(), path, what + " is not allowed; found " + found);
  }

  private ConfigNode alias(String path) {
    String found = "*" + tokens.text();
    refuse("an alias", found, path);
    return ConfigNode.scalar(location(), found, false);
  }

  private ConfigNode sequence(String path, int depth) throws NoYaml {
    Location start = location();
    List<ConfigNode> items = new ArrayList<>();
    Kind next = tokens.next();
    while (next != Kind.END && next != Kind.NOTHING) {
      items.add(node(next, path + "[" + items.size() + "]", depth + 1));
      next = tokens.next();
    }
    return ConfigNode.sequence(start, items);
  }

  private ConfigNode mapping(String path, int depth) throws NoYaml {
    Location start = location();
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    Kind next = tokens.nextKey();
    while (next == Kind.KEY) {
      entry(entries, path, depth);
      next = tokens.nextKey();
    }
    if (next == Kind.NO_KEY) {
      refuseKey(tokens.found(), path);
      tokens.close();
    }
    return ConfigNode.mapping(start, entries);
  }

  private void entry(Map<String, ConfigNode.Entry> entries, String path, int depth) throws NoYaml {
    ConfigNode key = node(Kind.SCALAR, path, depth + 1);
    if (key.text().isEmpty()) {
      refuseKey(key.found(), path);
    }
    String own = ConfigNode.join(path, key.text());
    ConfigNode value = node(tokens.next(), own, depth + 1);
    ConfigNode.Entry before =
        entries.putIfAbsent(key.text(), new ConfigNode.Entry(key.location(), value));
    if (before != null) {
      problems.add(key.location(), own, "a duplicate key; first at " + before.keyLocation());
    }
  }

  private void refuseKey(String found, String path) {
    problems.addUnreadable(location(), path, "no key; found " + found + "; allowed a name");
  }

  private Location location() {
    return places.at(tokens.line(), tokens.column());
  }
}
