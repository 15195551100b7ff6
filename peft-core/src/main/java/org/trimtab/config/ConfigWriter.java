package org.trimtab.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Records as YAML that the loader reads back as equal records. */
public final class ConfigWriter {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/._][A-Za-z0-9/._+-]*( [A-Za-z0-9/._+-]+)*");
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
    StringBuilder out = new StringBuilder();
    record(value, 0, out);
    return out.toString();
  }

  /** Each single setting of {@code value} by its key, such as {@code train.lr}. */
  public Map<String, String> settings(Object value) {
    Map<String, String> settings = new LinkedHashMap<>();
    flatten("", YamlParser.parse(write(value), "written", new Problems()), settings);
    return settings;
  }

  private static void flatten(String key, ConfigNode node, Map<String, String> settings) {
    switch (node.kind()) {
      case SCALAR -> settings.put(key, node.text());
      case SEQUENCE -> {
        for (int i = 0; i < node.items().size(); i++) {
          flatten(key + "[" + i + "]", node.items().get(i), settings);
        }
      }
      case MAPPING ->
          node.entries()
              .forEach(
                  (name, entry) ->
                      flatten(key.isEmpty() ? name : key + "." + name, entry.value(), settings));
    }
  }

  private void record(Object value, int indent, StringBuilder out) {
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object part = get(component, value);
      if (part instanceof Path && !paths) {
        continue;
      }
      if (part instanceof Optional<?> optional) {
        optional.ifPresent(
            present ->
                entry(
                    Scalars.key(component.getName()),
                    present,
                    inner(component.getGenericType()),
                    indent,
                    out));
      } else {
        entry(Scalars.key(component.getName()), part, component.getGenericType(), indent, out);
      }
    }
  }

  private void entry(String key, Object value, Type declared, int indent, StringBuilder out) {
    out.append("  ".repeat(indent)).append(plain(key) ? key : quote(key)).append(':');
    value(value, declared, indent + 1, out);
  }

  private void value(Object value, Type declared, int indent, StringBuilder out) {
    if (value instanceof Record && value.getClass().getRecordComponents().length == 0) {
      out.append(" {").append(type(value, declared).map(name -> "type: " + name).orElse(""));
      out.append("}\n");
    } else if (value instanceof Record) {
      out.append('\n');
      type(value, declared)
          .ifPresent(
              name -> out.append("  ".repeat(indent)).append("type: ").append(name).append('\n'));
      record(value, indent, out);
    } else if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      out.append('\n');
      map.forEach((key, item) -> entry(key.toString(), item, inner(declared), indent, out));
    } else if (value instanceof List<?> list && list.stream().anyMatch(Record.class::isInstance)) {
      out.append('\n');
      list.forEach(item -> item(item, inner(declared), indent, out));
    } else {
      out.append(' ').append(scalar(value)).append('\n');
    }
  }

  private void item(Object item, Type declared, int indent, StringBuilder out) {
    StringBuilder text = new StringBuilder();
    type(item, declared)
        .ifPresent(
            name ->
                text.append("  ".repeat(indent + 1)).append("type: ").append(name).append('\n'));
    record(item, indent + 1, text);
    out.append("  ".repeat(indent)).append("- ").append(text.toString().stripLeading());
  }

  /** What a list, a map or an optional holds. */
  private static Type inner(Type declared) {
    if (declared instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return arguments[arguments.length - 1];
    }
    return declared;
  }

  private Optional<String> type(Object value, Type declared) {
    return declared instanceof Class<?> kind && types.isKind(kind)
        ? Optional.of(types.nameOf(kind, value.getClass()))
        : Optional.empty();
  }

  private static String scalar(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(ConfigWriter::scalar).toList().toString();
    }
    if (value instanceof Map<?, ?>) {
      return "{}";
    }
    if (value instanceof Enum<?> constant) {
      return Scalars.name(constant);
    }
    if (value instanceof Path path) {
      return text(path.toAbsolutePath().normalize().toString());
    }
    return value instanceof String text ? text(text) : value.toString();
  }

  private static String text(String text) {
    return plain(text) ? text : quote(text);
  }

  private static boolean plain(String text) {
    return PLAIN.matcher(text).matches() && !List.of("null", "Null", "NULL").contains(text);
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(java.util.Locale.ROOT, "\\x%02x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  private static Object get(RecordComponent component, Object value) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't read " + component, e);
    }
  }
}
