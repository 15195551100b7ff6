package org.trimtab.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/** YAML as nodes that know their place, one document, no anchors, no tags, no duplicate keys. */
final class YamlParser {
  private static final int DEEPEST = 50;
  private final Problems problems;
  private final Function<Mark, Location> places;
  private final String root;
  private final Parser parser;

  private YamlParser(String text, String root, Problems problems, Function<Mark, Location> places) {
    this.root = root;
    this.problems = problems;
    this.places = places;
    parser = new ParserImpl(new StreamReader(new StringReader(text)), new LoaderOptions());
  }

  /** Reads a file's {@code text}; where that is no YAML, an empty mapping. */
  static ConfigNode parse(String text, String file, Problems problems) {
    return parse(
        text,
        "",
        problems,
        mark -> new Location(file, mark.getLine() + 1, mark.getColumn() + 1),
        new Location(file, 1, 1));
  }

  /** Reads the value {@code text} of {@code key}, all of which stands at {@code place}. */
  static ConfigNode parseValue(String text, String key, Problems problems, Location place) {
    return parse(text, key, problems, mark -> place, place);
  }

  private static ConfigNode parse(
      String text,
      String root,
      Problems problems,
      Function<Mark, Location> places,
      Location start) {
    try {
      return new YamlParser(text, root, problems, places).document(start);
    } catch (MarkedYAMLException e) {
      problems.addUnreadable(places.apply(e.getProblemMark()), root, "no YAML: " + e.getProblem());
    } catch (ReaderException e) {
      String before = text.substring(0, Math.min(text.length(), e.getPosition()));
      int line = (int) before.chars().filter(c -> c == '\n').count();
      int column = before.length() - before.lastIndexOf('\n') - 1;
      Mark mark = new Mark("", 0, line, column, new int[0], 0);
      problems.addUnreadable(
          places.apply(mark), root, "no YAML: a character that is not allowed in it");
    } catch (YAMLException e) {
      problems.addUnreadable(start, root, "no YAML: " + e.getMessage());
    }
    return ConfigNode.mapping(start, Map.of());
  }

  private ConfigNode document(Location start) {
    parser.getEvent(); // the stream's start
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      return ConfigNode.scalar(start, "", false);
    }
    parser.getEvent(); // the document's start
    ConfigNode node = node(parser.getEvent(), root, 0);
    parser.getEvent(); // the document's end
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      problems.add(
          at(parser.peekEvent()), root, "a second document; allowed one document in a file");
    }
    return node;
  }

  private ConfigNode node(Event event, String path, int depth) {
    if (depth > DEEPEST) {
      throw new YAMLException("more than " + DEEPEST + " levels, one in another");
    }
    return switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event, path);
      case SequenceStart -> sequence((SequenceStartEvent) event, path, depth);
      case MappingStart -> mapping((MappingStartEvent) event, path, depth);
      case Alias -> alias((AliasEvent) event, path);
      default -> throw new IllegalStateException("unexpected " + event);
    };
  }

  private ConfigNode scalar(ScalarEvent event, String path) {
    refuse("an anchor", "&", event.getAnchor(), event, path);
    refuse("a tag", "", event.getTag(), event, path);
    boolean quoted = event.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN;
    return ConfigNode.scalar(at(event), event.getValue(), quoted);
  }

  private ConfigNode sequence(SequenceStartEvent start, String path, int depth) {
    refuse("an anchor", "&", start.getAnchor(), start, path);
    refuse("a tag", "", start.getTag(), start, path);
    List<ConfigNode> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(parser.getEvent(), path + "[" + items.size() + "]", depth + 1));
    }
    parser.getEvent();
    return ConfigNode.sequence(at(start), items);
  }

  private ConfigNode mapping(MappingStartEvent start, String path, int depth) {
    refuse("an anchor", "&", start.getAnchor(), start, path);
    refuse("a tag", "", start.getTag(), start, path);
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      ConfigNode key = node(parser.getEvent(), path, depth + 1);
      if (key.kind() != ConfigNode.Kind.SCALAR || key.text().isEmpty()) {
        problems.addUnreadable(
            key.location(), path, "no key; found " + key.found() + "; allowed a name");
      }
      String own = ConfigNode.join(path, key.text());
      ConfigNode value = node(parser.getEvent(), own, depth + 1);
      ConfigNode.Entry before =
          entries.putIfAbsent(key.text(), new ConfigNode.Entry(key.location(), value));
      if (before != null) {
        problems.add(key.location(), own, "a duplicate key; first at " + before.keyLocation());
      }
    }
    parser.getEvent();
    return ConfigNode.mapping(at(start), entries);
  }

  private ConfigNode alias(AliasEvent event, String path) {
    refuse("an alias", "*", event.getAnchor(), event, path);
    return ConfigNode.scalar(at(event), "*" + event.getAnchor(), false);
  }

  private void refuse(String what, String sign, @Nullable String name, Event event, String path) {
    if (name != null) {
      problems.add(at(event), path, what + " is not allowed; found " + sign + name);
    }
  }

  private Location at(Event event) {
    return places.apply(event.getStartMark());
  }
}
