package org.trimtab.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which record stands for which {@code type} of a kind of settings, and its defaults. */
public final class ConfigTypes {
  private final Map<Class<?>, Map<String, Variant>> kinds;

  private ConfigTypes(Map<Class<?>, Map<String, Variant>> kinds) {
    this.kinds = kinds;
  }

  /**
   * One {@code type}.
   *
   * @param record what its keys are bound to
   * @param defaults YAML with the values of absent keys
   */
  record Variant(Class<?> record, Optional<URL> defaults) {}

  public static Builder builder() {
    return new Builder();
  }

  /** What a component of type {@code declared} is. */
  Shape shape(Type declared) {
    if (declared instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Class<?> container = (Class<?>) generic.getRawType();
      return new Shape(kindOfContainer(container), container, arguments[arguments.length - 1]);
    }
    Class<?> type = (Class<?>) declared;
    Shape.Kind plain = type.isRecord() ? Shape.Kind.RECORD : Shape.Kind.SCALAR;
    return new Shape(kinds.containsKey(type) ? Shape.Kind.VARIANT : plain, type, type);
  }

  private static Shape.Kind kindOfContainer(Class<?> container) {
    Shape.Kind collection = container == List.class ? Shape.Kind.LIST : Shape.Kind.MAP;
    return container == Optional.class ? Shape.Kind.OPTIONAL : collection;
  }

  /** The kinds of settings that the components of {@code record} choose among, with their keys. */
  public Map<Class<?>, List<String>> kindsWithin(Class<?> record) {
    Map<Class<?>, List<String>> within = new LinkedHashMap<>();
    for (RecordShape.Component component : RecordShape.of(record).components()) {
      Shape outer = shape(component.type());
      boolean held = outer.kind() == Shape.Kind.OPTIONAL || outer.kind() == Shape.Kind.LIST;
      Shape shape = held ? shape(outer.inner()) : outer;
      if (shape.kind() == Shape.Kind.VARIANT) {
        within.computeIfAbsent(shape.type(), kind -> new ArrayList<>()).add(component.key());
      }
    }
    return within;
  }

  Optional<Variant> find(Class<?> kind, String name) {
    return Optional.ofNullable(kinds.getOrDefault(kind, Map.of()).get(name));
  }

  /** The names of a kind, in the order in which they were added. */
  public List<String> names(Class<?> kind) {
    return List.copyOf(kinds.getOrDefault(kind, Map.of()).keySet());
  }

  /** The defaults of a kind's type. */
  public Optional<URL> defaults(Class<?> kind, String name) {
    return find(kind, name).flatMap(Variant::defaults);
  }

  /** For messages: which other types of a kind have {@code key}. */
  String hintOfOthers(Class<?> kind, String type, String key) {
    List<String> others =
        kinds.getOrDefault(kind, Map.of()).entrySet().stream()
            .filter(e -> RecordShape.of(e.getValue().record()).keys().contains(key))
            .map(Map.Entry::getKey)
            .toList();
    return others.isEmpty()
        ? ""
        : "; an option of " + String.join(", ", others) + ", and the type is " + type;
  }

  /** The name of a record's class. */
  String nameOf(Class<?> kind, Class<?> record) {
    return kinds.getOrDefault(kind, Map.of()).entrySet().stream()
        .filter(e -> e.getValue().record() == record)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  /** Collects types. */
  public static final class Builder {
    private final Map<Class<?>, Map<String, Variant>> kinds = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a kind, which may have no types. */
    public Builder kind(Class<?> kind) {
      kinds.computeIfAbsent(kind, k -> new LinkedHashMap<>());
      return this;
    }

    /**
     * Adds a type without defaults.
     *
     * @throws IllegalArgumentException if the kind has one of that name
     */
    public <K> Builder add(Class<K> kind, String name, Class<? extends K> record) {
      return add(kind, name, record, Optional.empty());
    }

    /** Adds a type; {@code defaults} is a YAML mapping of its keys. */
    public <K> Builder add(
        Class<K> kind, String name, Class<? extends K> record, Optional<URL> defaults) {
      Map<String, Variant> variants = kinds.computeIfAbsent(kind, k -> new LinkedHashMap<>());
      if (variants.putIfAbsent(name, new Variant(record, defaults)) != null) {
        throw new IllegalArgumentException(
            "two of " + kind.getSimpleName() + " are called '" + name + "'");
      }
      return this;
    }

    public ConfigTypes build() {
      return new ConfigTypes(kinds);
    }
  }
}
