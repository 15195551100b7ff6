package org.trimtab.config;

import java.lang.reflect.Type;
import java.net.URL;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The JSON Schema (draft 7, which editors' YAML support reads best) of the files that a {@link
 * ConfigLoader} loads, made of the same records and defaults.
 *
 * <p>No key is required, because any may come from a file that is extended, and ranges are left to
 * the loader: what a schema accepts may still be refused, never the other way round.
 */
public final class SchemaWriter {
  private static final Map<String, Object> TEXT = Map.of("type", "string");
  private final ConfigTypes types;
  private final Defaults defaults = new Defaults(new Problems());

  /** Kinds that are being written: one within itself is referred to by its name. */
  private final Set<Class<?>> open = new LinkedHashSet<>();

  private final Map<String, Object> definitions = new LinkedHashMap<>();

  public SchemaWriter(ConfigTypes types) {
    this.types = types;
  }

  /**
   * The schema of files that hold {@code root}.
   *
   * @param values YAML with the values of absent keys
   */
  public Map<String, Object> write(Class<?> root, Optional<URL> values, String title) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    schema.put("title", title);
    Map<String, Object> whole = record(root, values.map(defaults::read));
    properties(whole).put("extends", Map.of("anyOf", List.of(TEXT, all("array", "items", TEXT))));
    schema.putAll(whole);
    if (!definitions.isEmpty()) {
      schema.put("definitions", definitions);
    }
    return schema;
  }

  @SuppressWarnings("unchecked") // made below, of this type
  private static Map<String, Object> properties(Map<String, Object> record) {
    return (Map<String, Object>) record.getOrDefault("properties", Map.of());
  }

  private Map<String, Object> record(Class<?> type, Optional<ConfigNode> values) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (RecordShape.Component component : RecordShape.of(type).components()) {
      Optional<ConfigNode> value = values.flatMap(v -> v.find(component.key()));
      properties.put(component.key(), schema(component.type(), value));
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    return schema;
  }

  private Map<String, Object> schema(Type type, Optional<ConfigNode> value) {
    Shape shape = types.shape(type);
    return switch (shape.kind()) {
      case OPTIONAL -> schema(shape.inner(), value);
      case LIST -> all("array", "items", schema(shape.inner(), Optional.empty()));
      case MAP -> all("object", "additionalProperties", schema(shape.inner(), Optional.empty()));
      case VARIANT ->
          open.contains(shape.type()) ? reference(shape.type()) : kind(shape.type(), value);
      case RECORD -> record(shape.type(), value);
      case SCALAR -> scalar(shape.type(), value);
    };
  }

  /** A list or a map, all of whose values are {@code values}. */
  private static Map<String, Object> all(String type, String key, Map<String, Object> values) {
    Map<String, Object> schema = new LinkedHashMap<>(); // its order reaches a file
    schema.put("type", type);
    schema.put(key, values);
    return schema;
  }

  /** A kind within itself, such as the methods that a method combines. */
  private Map<String, Object> reference(Class<?> kind) {
    String name = kind.getSimpleName();
    if (!definitions.containsKey(name)) {
      definitions.put(name, Map.of()); // so that it is not begun again within itself
      definitions.put(name, kind(kind, Optional.empty()));
    }
    return Map.of("$ref", "#/definitions/" + name);
  }

  /** One variant's keys, whether or not the type is named here or in a file that is extended. */
  private Map<String, Object> kind(Class<?> kind, Optional<ConfigNode> value) {
    boolean outermost = open.add(kind);
    List<Map<String, Object>> variants =
        types.names(kind).stream().map(name -> variant(kind, name)).toList();
    if (outermost) {
      open.remove(kind);
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    Map<String, Object> type = new LinkedHashMap<>();
    type.put("enum", types.names(kind));
    value.flatMap(v -> v.find("type")).ifPresent(v -> type.put("default", v.text()));
    schema.put("properties", Map.of("type", type));
    schema.put("anyOf", variants);
    return schema;
  }

  private Map<String, Object> variant(Class<?> kind, String name) {
    ConfigTypes.Variant variant = types.find(kind, name).orElseThrow();
    Map<String, Object> schema = record(variant.record(), variant.defaults().map(defaults::read));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("type", Map.of("const", name));
    all.putAll(properties(schema));
    schema.put("properties", all);
    return schema;
  }

  private static Map<String, Object> scalar(Class<?> type, Optional<ConfigNode> value) {
    Map<String, Object> schema = new LinkedHashMap<>();
    if (type.isEnum()) {
      schema.put("enum", Scalars.names(type));
      value.ifPresent(v -> schema.put("default", v.text()));
    } else {
      schema.put("type", type(type));
      value.flatMap(v -> Scalars.value(type, v)).ifPresent(v -> schema.put("default", v));
    }
    return schema;
  }

  private static Object type(Class<?> type) {
    if (Scalars.isWhole(type)) {
      return "integer";
    }
    if (Scalars.isNumber(type)) {
      return "number";
    }
    // The loader takes a text as it is written: a column may be called 3, a label true.
    return Scalars.isTruth(type) ? "boolean" : List.of("string", "number", "boolean");
  }
}
