package org.trimtab.config;

import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.SystemPath;

/** Records as YAML that the loader reads back as equal records. */
public final class ConfigWriter {
  private static final Location WRITTEN = new Location("written", 0, 0);
  private static final ConfigNode NOTHING = ConfigNode.scalar(WRITTEN, "", false);
  private final ConfigTypes types;
  private final boolean paths;

  public ConfigWriter(ConfigTypes types) {
    this(types, true);
  }

  private ConfigWriter(ConfigTypes types, boolean paths) {
    this.types = types;
    this.paths = paths;
  }

  /** A writer that leaves paths out: what the values say, wherever files lie. */
  public ConfigWriter withoutPaths() {
    return new ConfigWriter(types, false);
  }

  /** The whole of {@code value}, a record, its components in their order. */
  public String write(Object value) {
    return YamlWriter.write(record(value, Map.of()));
  }

  /** The same in a layout that never changes: what ids are made of. */
  public String identity(Object value) {
    return CanonicalText.of(record(value, Map.of()));
  }

  /** Each single setting of {@code value} by its key, such as {@code train.lr}. */
  public Map<String, String> settings(Object value) {
    Map<String, String> settings = new LinkedHashMap<>();
    flatten("", record(value, Map.of()), settings);
    return settings;
  }

  private static void flatten(String key, ConfigNode node, Map<String, String> settings) {
    switch (node.kind()) {
      case SCALAR -> {
        if (!node.isNothing()) {
          settings.put(key, node.text());
        }
      }
      case SEQUENCE -> {
        for (int i = 0; i < node.items().size(); i++) {
          flatten(key + "[" + i + "]", node.items().get(i), settings);
        }
      }
      case MAPPING ->
          node.entries()
              .forEach(
                  (name, entry) -> flatten(ConfigNode.join(key, name), entry.value(), settings));
    }
  }

  /** All components, with nothing for those that are absent or left out, after {@code first}. */
  private ConfigNode record(Object value, Map<String, ConfigNode> first) {
    Map<String, ConfigNode> parts = new LinkedHashMap<>(first);
    for (RecordShape.Component component : RecordShape.of(value.getClass()).components()) {
      Object part = component.get(value);
      boolean left = !paths && isPath(part);
      parts.put(component.key(), left ? NOTHING : node(part, component.type()));
    }
    return mapping(parts);
  }

  private static boolean isPath(Object part) {
    return part instanceof Path
        || (part instanceof Optional<?> optional
            && optional.filter(Path.class::isInstance).isPresent());
  }

  private ConfigNode node(Object value, Type declared) {
    Shape shape = types.shape(declared);
    return switch (shape.kind()) {
      case OPTIONAL ->
          ((Optional<?>) value).map(present -> node(present, shape.inner())).orElse(NOTHING);
      case LIST -> list((List<?>) value, shape.inner());
      case MAP -> map((Map<?, ?>) value, shape.inner());
      case VARIANT -> {
        String name = types.nameOf(shape.type(), value.getClass());
        yield record(value, Map.of("type", text(name)));
      }
      case RECORD -> record(value, Map.of());
      case SCALAR -> scalar(value);
    };
  }

  private ConfigNode list(List<?> values, Type item) {
    return ConfigNode.sequence(WRITTEN, values.stream().map(value -> node(value, item)).toList());
  }

  private ConfigNode map(Map<?, ?> values, Type item) {
    Map<String, ConfigNode> parts = new LinkedHashMap<>();
    values.forEach((key, value) -> parts.put(key.toString(), node(value, item)));
    return mapping(parts);
  }

  private static ConfigNode mapping(Map<String, ConfigNode> parts) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    parts.forEach((key, value) -> entries.put(key, new ConfigNode.Entry(WRITTEN, value)));
    return ConfigNode.mapping(WRITTEN, entries);
  }

  private static ConfigNode scalar(Object value) {
    if (value instanceof Enum<?> constant) {
      return text(Scalars.name(constant));
    }
    if (value instanceof Path path) {
      return text(SystemPath.shortened(path.toAbsolutePath()).toString());
    }
    return value instanceof String text
        ? text(text)
        : ConfigNode.scalar(WRITTEN, value.toString(), false);
  }

  private static ConfigNode text(String text) {
    return ConfigNode.scalar(WRITTEN, text, true);
  }
}
