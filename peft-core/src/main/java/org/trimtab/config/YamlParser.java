package org.trimtab.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.json.UserError;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** YAML as nodes that know their place, one document, no anchors, no duplicate keys. */
final class YamlParser {
  private final String file;
  private final Problems problems;
  private final Parser parser;

  private YamlParser(String text, String file, Problems problems) {
    this.file = file;
    this.problems = problems;
    parser = new ParserImpl(new StreamReader(new StringReader(text)), new LoaderOptions());
  }

  /**
   * Reads {@code text}.
   *
   * @param problems gets what is wrong but can be read past
   * @throws UserError where the syntax is broken
   */
  static ConfigNode parse(String text, String file, Problems problems) {
    try {
      return new YamlParser(text, file, problems).document();
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      throw new UserError(
          new Location(file, mark.getLine() + 1, mark.getColumn() + 1)
              + ": no YAML: "
              + e.getProblem(),
          e);
    } catch (org.yaml.snakeyaml.error.YAMLException e) {
      throw new UserError(file + ": no YAML: " + e.getMessage(), e);
    }
  }

  private ConfigNode document() {
    parser.getEvent(); // the stream's start
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      throw new UserError(file + ": the file is empty");
    }
    parser.getEvent(); // the document's start
    ConfigNode root = node(parser.getEvent());
    parser.getEvent(); // the document's end
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      problems.add(at(parser.peekEvent()), "", "a second document; allowed one document in a file");
    }
    return root;
  }

  private ConfigNode node(Event event) {
    return switch (event.getEventId()) {
      case Scalar -> scalar((ScalarEvent) event);
      case SequenceStart -> sequence((SequenceStartEvent) event);
      case MappingStart -> mapping((MappingStartEvent) event);
      case Alias -> alias((AliasEvent) event);
      default -> throw new IllegalStateException("unexpected " + event);
    };
  }

  private ConfigNode scalar(ScalarEvent event) {
    requireNoAnchor(event.getAnchor(), event);
    boolean quoted = event.getScalarStyle() != DumperOptions.ScalarStyle.PLAIN;
    return ConfigNode.scalar(at(event), event.getValue(), quoted);
  }

  private ConfigNode sequence(SequenceStartEvent start) {
    requireNoAnchor(start.getAnchor(), start);
    List<ConfigNode> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(parser.getEvent()));
    }
    parser.getEvent();
    return ConfigNode.sequence(at(start), items);
  }

  private ConfigNode mapping(MappingStartEvent start) {
    requireNoAnchor(start.getAnchor(), start);
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      ConfigNode key = node(parser.getEvent());
      ConfigNode value = node(parser.getEvent());
      ConfigNode.Entry before =
          entries.putIfAbsent(key.text(), new ConfigNode.Entry(key.location(), value));
      if (before != null) {
        problems.add(
            key.location(), key.text(), "a duplicate key; first at " + before.keyLocation());
      }
    }
    parser.getEvent();
    return ConfigNode.mapping(at(start), entries);
  }

  private ConfigNode alias(AliasEvent event) {
    problems.add(at(event), "", "aliases are not allowed; found *" + event.getAnchor());
    return ConfigNode.scalar(at(event), "", false);
  }

  private void requireNoAnchor(@org.jspecify.annotations.Nullable String anchor, Event event) {
    if (anchor != null) {
      problems.add(at(event), "", "anchors are not allowed; found &" + anchor);
    }
  }

  private Location at(Event event) {
    Mark mark = event.getStartMark();
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
