package org.trimtab.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.trimtab.base.Invalid;

/** Nodes into records: every key known, every component present, nothing coerced. */
final class Binder {
  private final ConfigTypes types;
  private final Defaults defaults;
  private final Variables variables;
  private final Problems problems;

  Binder(ConfigTypes types, Defaults defaults, Variables variables, Problems problems) {
    this.types = types;
    this.defaults = defaults;
    this.variables = variables;
    this.problems = problems;
  }

  /** The value of {@code node}; empty after a problem was noted. */
  Optional<?> bind(Type type, ConfigNode node, String path) {
    if (type instanceof ParameterizedType generic) {
      return container(generic, node, path);
    }
    Class<?> target = (Class<?>) type;
    if (types.isKind(target)) {
      return variant(target, node, path);
    }
    return target.isRecord() ? record(target, node, path, key -> "") : scalar(target, node, path);
  }

  private Optional<?> container(ParameterizedType type, ConfigNode node, String path) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      Optional<?> value = bind(arguments[0], node, path);
      return value.isPresent() ? Optional.of(value) : value;
    }
    return type.getRawType() == List.class
        ? list(arguments[0], node, path)
        : map(arguments[1], node, path);
  }

  private Optional<?> list(Type item, ConfigNode node, String path) {
    if (!is(ConfigNode.Kind.SEQUENCE, node, path, "a list")) {
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < node.items().size(); i++) {
      bind(item, node.items().get(i), path + "[" + i + "]").ifPresent(values::add);
    }
    return values.size() == node.items().size() ? Optional.of(values) : Optional.empty();
  }

  private Optional<?> map(Type value, ConfigNode node, String path) {
    if (!is(ConfigNode.Kind.MAPPING, node, path, "a mapping")) {
      return Optional.empty();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    node.entries()
        .forEach(
            (key, entry) ->
                bind(value, entry.value(), ConfigNode.join(path, key))
                    .ifPresent(v -> values.put(key, v)));
    return values.size() == node.entries().size() ? Optional.of(values) : Optional.empty();
  }

  private Optional<?> variant(Class<?> kind, ConfigNode node, String path) {
    if (!is(ConfigNode.Kind.MAPPING, node, path, "a mapping with a type")) {
      return Optional.empty();
    }
    List<String> allowed = types.names(kind);
    Optional<ConfigNode> name = node.find("type");
    if (name.isEmpty()) {
      problems.add(
          node.location(),
          ConfigNode.join(path, "type"),
          "missing; allowed " + String.join(", ", allowed));
      return Optional.empty();
    }
    String text = name.get().text();
    Optional<ConfigTypes.Variant> variant = types.find(kind, text);
    if (variant.isEmpty()) {
      problems.add(
          name.get().location(),
          ConfigNode.join(path, "type"),
          "unknown; found "
              + name.get().found()
              + "; allowed "
              + String.join(", ", allowed)
              + Suggestion.of(text, allowed));
      return Optional.empty();
    }
    ConfigNode whole =
        variant.get().defaults().map(url -> node.over(defaults.read(url))).orElse(node);
    return record(
        variant.get().record(),
        whole.without("type"),
        path,
        key -> types.hintOfOthers(kind, text, key));
  }

  private Optional<?> record(
      Class<?> type, ConfigNode node, String path, UnaryOperator<String> hint) {
    if (!is(ConfigNode.Kind.MAPPING, node, path, "a mapping")) {
      return Optional.empty();
    }
    refuseUnknown(type, node, path, hint);
    List<Optional<?>> values =
        Stream.of(type.getRecordComponents())
            .<Optional<?>>map(c -> component(c, node, path))
            .toList();
    if (values.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return construct(type, values.stream().map(Optional::orElseThrow).toArray(), node, path);
  }

  private void refuseUnknown(
      Class<?> type, ConfigNode node, String path, UnaryOperator<String> hint) {
    List<String> known = new ArrayList<>(Scalars.keys(type));
    if (path.isEmpty()) {
      known.add("extends"); // which the loader takes out
    }
    node.entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                String allowed = known.isEmpty() ? "none" : String.join(", ", known);
                problems.add(
                    entry.keyLocation(),
                    ConfigNode.join(path, key),
                    "unknown key; allowed "
                        + allowed
                        + hint.apply(key)
                        + Scalars.keyOnceCalled(type, key)
                            .map(Suggestion::meant)
                            .orElseGet(() -> Suggestion.of(key, known)));
              }
            });
  }

  private Optional<?> component(RecordComponent component, ConfigNode node, String path) {
    String key = Scalars.key(component.getName());
    Optional<ConfigNode> value = node.find(key);
    if (value.isPresent()) {
      return bind(component.getGenericType(), value.get(), ConfigNode.join(path, key));
    }
    if (component.getType() == Optional.class) {
      return Optional.of(Optional.empty());
    }
    problems.add(node.location(), ConfigNode.join(path, key), "missing");
    return Optional.empty();
  }

  private Optional<?> construct(Class<?> type, Object[] values, ConfigNode node, String path) {
    try {
      Class<?>[] parameters =
          Stream.of(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Invalid invalid) {
        problems.addAll(invalid, path, node);
        return Optional.empty();
      }
      throw new IllegalStateException("can't make " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't make " + type, e);
    }
  }

  private Optional<?> scalar(Class<?> type, ConfigNode raw, String path) {
    if (!is(ConfigNode.Kind.SCALAR, raw, path, Scalars.allowed(type, raw))) {
      return Optional.empty();
    }
    Optional<ConfigNode> node = variables.expand(raw, path, problems);
    Optional<?> value = node.flatMap(n -> Scalars.value(type, n));
    if (node.isPresent() && value.isEmpty()) {
      problems.add(
          raw.location(),
          path,
          "not allowed; found "
              + raw.found()
              + "; allowed "
              + Scalars.allowed(type, raw)
              + Scalars.suggestion(type, raw));
    }
    return value;
  }

  private boolean is(ConfigNode.Kind kind, ConfigNode node, String path, String expected) {
    if (node.kind() != kind) {
      problems.add(
          node.location(), path, "not allowed; found " + node.found() + "; allowed " + expected);
    }
    return node.kind() == kind;
  }
}
