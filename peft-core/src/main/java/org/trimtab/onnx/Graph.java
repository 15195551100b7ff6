package org.trimtab.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;

/** Values, and the operators between them, in the order in which they were recorded. */
final class Graph {
  private final List<Value> values = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<String> scopes = new ArrayList<>();
  private final Map<Integer, Supplier<HostTensor>> constants = new HashMap<>();
  private final Map<Integer, HostTensor> changeable = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final Set<Integer> inputs = new LinkedHashSet<>();
  private final Map<String, Integer> shared = new HashMap<>();
  private final Map<Form, Integer> forms = new LinkedHashMap<>();
  private final Map<List<Object>, List<Integer>> known = new HashMap<>();
  private final List<Integer> unnamed = new ArrayList<>();
  private final Set<Integer> read = new HashSet<>();

  /** What is known of a tensor before a pass. */
  record Value(DType type, Axes axes) {}

  Value value(int number) {
    return values.get(number);
  }

  /** A tensor that each pass is given. */
  int input(String name, DType type, Axes axes) {
    int number = add(type, axes);
    inputs.add(number);
    name(number, name);
    return number;
  }

  /** Values that are there before a pass. */
  int constant(HostTensor host) {
    int number = add(host.type(), Axes.of(host.shape()));
    changeable.put(number, host);
    constants.put(number, () -> changeable(number));
    return number;
  }

  /** A constant that stands once for all that ask for it by its name. */
  int shared(String name, Supplier<HostTensor> host) {
    Integer there = shared.get(name);
    if (there != null) {
      return there;
    }
    HostTensor values = host.get();
    int number = add(values.type(), Axes.of(values.shape()));
    constants.put(number, () -> values);
    name(number, name);
    shared.put(name, number);
    return number;
  }

  /**
   * A constant that is computed of {@code source} when it is written; once for each form, which its
   * name ends with.
   */
  int derived(int source, String form, Value value, Supplier<HostTensor> host) {
    Integer there = forms.get(new Form(source, form));
    if (there != null) {
      return there;
    }
    int number = add(value.type(), value.axes());
    constants.put(number, host);
    forms.put(new Form(source, form), number);
    return number;
  }

  private record Form(int source, String name) {}

  boolean isConstant(int number) {
    return constants.containsKey(number) && !inputs.contains(number);
  }

  /**
   * The values of a constant, or those that belong to an input that was one.
   *
   * @throws IllegalArgumentException if only a pass tells them
   */
  HostTensor host(int number) {
    Supplier<HostTensor> host = constants.get(number);
    if (host == null) {
      throw new IllegalArgumentException(
          "only a pass tells the values of " + describe(number) + ", which a graph records");
    }
    return host.get();
  }

  private HostTensor changeable(int number) {
    HostTensor host = changeable.get(number);
    if (host == null) {
      throw new IllegalArgumentException(describe(number) + " has values that don't change");
    }
    return host;
  }

  /** Gives a constant other values of its type and number. */
  void assign(int number, HostTensor host) {
    if (changeable(number).size() != host.size()) {
      throw new IllegalArgumentException(
          host.size() + " values for " + describe(number) + " of " + value(number).axes());
    }
    changeable.put(number, host);
  }

  /** Makes an input of a constant that has a name, before anything reads it. */
  void open(int number) {
    if (read.contains(number)) {
      throw new IllegalStateException(describe(number) + " has been read");
    }
    inputs.add(number);
  }

  /** Records {@code operator}, or finds that it was recorded. */
  List<Integer> put(
      String operator, List<Integer> inputs, List<Value> given, List<Message> attributes) {
    List<Integer> outputs = given.stream().map(v -> add(v.type(), v.axes())).toList();
    nodes.add(new Node(operator, inputs, outputs, attributes));
    read.addAll(inputs);
    return outputs;
  }

  /** Records {@code operator}, which has no attributes, once for the same inputs. */
  List<Integer> putOnce(String operator, List<Integer> inputs, List<Value> given) {
    List<Object> key = List.of(operator, inputs);
    return known.computeIfAbsent(key, k -> put(operator, inputs, given, List.of()));
  }

  private int add(DType type, Axes axes) {
    values.add(new Value(type, axes));
    unnamed.add(values.size() - 1);
    return values.size() - 1;
  }

  /**
   * Names a value.
   *
   * @throws IllegalArgumentException if another one has the name
   */
  void name(int number, String name) {
    if (names.containsKey(number)) {
      return;
    }
    if (!taken.add(name)) {
      throw new IllegalArgumentException("a second '" + name + "'");
    }
    names.put(number, name);
  }

  Optional<String> nameOf(int number) {
    return Optional.ofNullable(names.get(number));
  }

  boolean isTaken(String name) {
    return taken.contains(name);
  }

  /** Says where all that was recorded since the last call belongs. */
  void scope(String path) {
    while (scopes.size() < nodes.size()) {
      int node = scopes.size();
      String own = free(path + "/" + nodes.get(node).operator());
      scopes.add(own);
      taken.add(own);
      List<Integer> outputs = nodes.get(node).outputs();
      for (int i = 0; i < outputs.size(); i++) {
        String name = outputs.size() == 1 ? own : own + "." + i;
        names.putIfAbsent(outputs.get(i), name);
      }
    }
    forms.forEach((form, made) -> nameForm(form, made, path));
    unnamed.removeIf(names::containsKey);
    for (int number : unnamed) {
      if (constants.containsKey(number) && read.contains(number)) {
        name(number, free(path + "/computed"));
      }
    }
    unnamed.removeIf(names::containsKey);
  }

  private void nameForm(Form form, int made, String path) {
    if (!names.containsKey(form.source())) {
      name(form.source(), free(path + "/computed"));
    }
    name(made, names.get(form.source()) + "." + form.name());
  }

  private String free(String name) {
    String candidate = name;
    for (int i = 2; taken.contains(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  private String describe(int number) {
    return nameOf(number).map(name -> "'" + name + "'").orElse("a tensor");
  }

  List<Integer> inputs() {
    return List.copyOf(inputs);
  }

  /** A recorded node, and the name of the place that it belongs to. */
  record Placed(String name, Node node) {}

  /** The nodes that {@code outputs} depend on. */
  List<Placed> needed(Set<Integer> outputs) {
    Set<Integer> wanted = new HashSet<>(outputs);
    List<Placed> needed = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.outputs().stream().anyMatch(wanted::contains)) {
        wanted.addAll(node.inputs());
        needed.add(0, new Placed(scopes.get(i), node));
      }
    }
    return needed;
  }

  /** The constants that {@code nodes} read, by their names. */
  Map<String, HostTensorSource> constants(List<Placed> nodes) {
    return nodes.stream()
        .flatMap(placed -> placed.node().inputs().stream())
        .distinct()
        .filter(this::isConstant)
        .collect(
            Collectors.toMap(
                number -> nameOf(number).orElseThrow(),
                number -> new HostTensorSource(value(number), () -> host(number)),
                (a, b) -> a,
                LinkedHashMap::new));
  }

  /** The values of a constant, whose type and lengths are known before they are computed. */
  record HostTensorSource(Value value, Supplier<HostTensor> host) {
    long bytes() {
      return Arrays.stream(value.axes().lengths()).reduce(1, Math::multiplyExact)
          * value.type().bytes();
    }
  }
}
