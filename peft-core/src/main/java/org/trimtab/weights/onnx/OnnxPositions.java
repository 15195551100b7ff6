package org.trimtab.weights.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;

/** How a graph numbers the rows of a text, read back from the look-up in the table of positions. */
final class OnnxPositions {
  private static final Set<String> SHAPED =
      Set.of("Unsqueeze", "Squeeze", "Reshape", "Expand", "Slice");
  private final OnnxGraph graph;
  private final String origin;

  OnnxPositions(OnnxGraph graph, String origin) {
    this.graph = graph;
    this.origin = origin;
  }

  /**
   * The number of a text's first row, where the graph says it.
   *
   * @param lookup the node that gathers rows of the table
   */
  Optional<Long> first(OnnxGraph.Node lookup) {
    String index = lookup.inputs().get(1);
    return counting(index).map(sum -> first(index, sum)).orElseGet(() -> first(index));
  }

  /** RoBERTa counts the rows that are no padding, and begins behind the id of padding. */
  private Optional<Long> first(String index, OnnxGraph.Node sum) {
    Set<Long> padding = new TreeSet<>();
    for (OnnxGraph.Node node : behind(sum.inputs().get(0)).values()) {
      if (node.operator().equals("Equal")) {
        node.inputs().forEach(in -> graph.scalar(in).ifPresent(v -> padding.add(v.longValue())));
      }
    }
    Optional<Long> before = added(index, sum);
    if (padding.size() != 1 || !before.map(padding::contains).orElse(true)) {
      throw new UserError(
          origin
              + ": the graph counts positions of the rows that are no padding, from "
              + before.map(Object::toString).orElse("an unknown number")
              + " on; found the ids of padding "
              + padding
              + "; allowed one, the same number");
    }
    return Optional.of(padding.iterator().next() + 1);
  }

  private Optional<OnnxGraph.Node> counting(String index) {
    return behind(index).values().stream()
        .filter(node -> node.operator().equals("CumSum"))
        .findFirst();
  }

  /** What is added to {@code sum} on its way to {@code index}; none where that isn't constant. */
  private Optional<Long> added(String index, OnnxGraph.Node sum) {
    if (sum.outputs().contains(index)) {
      return Optional.of(0L);
    }
    Optional<Double> constant = graph.scalar(index);
    if (constant.isPresent()) {
      return constant.map(Double::longValue);
    }
    return graph
        .maker(index)
        .filter(node -> !node.inputs().isEmpty())
        .flatMap(
            node ->
                node.operator().equals("Add")
                    ? sum(added(node.inputs().get(0), sum), added(node.inputs().get(1), sum))
                    : along(node, sum).flatMap(input -> added(input, sum)));
  }

  /** The input of {@code node} by which {@code sum} comes to it. */
  private Optional<String> along(OnnxGraph.Node node, OnnxGraph.Node sum) {
    return node.inputs().stream()
        .filter(in -> sum.outputs().contains(in) || behind(in).containsValue(sum))
        .findFirst();
  }

  private Optional<Long> first(String name) {
    Optional<HostTensor> table = graph.constant(name).filter(values -> values.size() > 0);
    if (table.isPresent()) {
      return table.map(values -> values.longs()[0]);
    }
    return graph.maker(name).filter(node -> !node.inputs().isEmpty()).flatMap(this::firstOf);
  }

  private Optional<Long> firstOf(OnnxGraph.Node node) {
    List<String> inputs = node.inputs();
    if (node.operator().equals("Add")) {
      return sum(first(inputs.get(0)), first(inputs.get(1)));
    }
    boolean sliced = node.operator().equals("Slice") && inputs.size() > 1;
    Optional<Long> skipped = sliced ? first(inputs.get(1)) : Optional.of(0L);
    boolean plain = SHAPED.contains(node.operator()) || node.operator().equals("Range");
    return plain || OnnxGraph.TRANSPARENT.contains(node.operator())
        ? sum(first(inputs.get(0)), skipped)
        : Optional.empty();
  }

  private static Optional<Long> sum(Optional<Long> one, Optional<Long> other) {
    return one.flatMap(a -> other.map(b -> a + b));
  }

  /** The nodes that {@code name} depends on, by their first outputs. */
  private Map<String, OnnxGraph.Node> behind(String name) {
    Map<String, OnnxGraph.Node> found = new LinkedHashMap<>();
    collect(name, found);
    return found;
  }

  private void collect(String name, Map<String, OnnxGraph.Node> found) {
    graph
        .maker(name)
        .filter(node -> found.putIfAbsent(node.outputs().get(0), node) == null)
        .stream()
        .flatMap(node -> node.inputs().stream())
        .forEach(input -> collect(input, found));
  }
}
