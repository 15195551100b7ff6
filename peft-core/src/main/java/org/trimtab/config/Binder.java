package org.trimtab.config;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
    Shape shape = types.shape(type);
    return switch (shape.kind()) {
      case OPTIONAL -> optional(shape.inner(), node, path);
      case LIST -> list(shape.inner(), node, path);
      case MAP -> map(shape.inner(), node, path);
      case VARIANT -> variant(shape.type(), node, path);
      case RECORD -> record(shape.type(), node, path, key -> "");
      case SCALAR -> scalar(shape.type(), node, path);
    };
  }

  private Optional<?> optional(Type value, ConfigNode node, String path) {
    Optional<?> bound = bind(value, node, path);
    return bound.isPresent() ? Optional.of(bound) : bound;
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
    RecordShape shape = RecordShape.of(type);
    refuseUnknown(shape, node, path, hint);
    List<Optional<?>> values =
        shape.components().stream().<Optional<?>>map(c -> component(c, node, path)).toList();
    if (values.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    try {
      return Optional.of(shape.construct(values.stream().map(Optional::orElseThrow).toArray()));
    } catch (Invalid e) {
      problems.addAll(e, path, node);
      return Optional.empty();
    }
  }

  private void refuseUnknown(
      RecordShape shape, ConfigNode node, String path, UnaryOperator<String> hint) {
    List<String> known = new ArrayList<>(shape.keys());
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
                        + shape
                            .keyOnceCalled(key)
                            .map(Suggestion::meant)
                            .orElseGet(() -> Suggestion.of(key, known)));
              }
            });
  }

  private Optional<?> component(RecordShape.Component component, ConfigNode node, String path) {
    String key = component.key();
    Optional<ConfigNode> value = node.find(key);
    if (value.isPresent()) {
      return bind(component.type(), value.get(), ConfigNode.join(path, key));
    }
    if (component.isOptional()) {
      return Optional.of(Optional.empty());
    }
    problems.add(node.location(), ConfigNode.join(path, key), "missing");
    return Optional.empty();
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
