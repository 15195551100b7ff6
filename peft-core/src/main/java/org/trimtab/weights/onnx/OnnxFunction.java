package org.trimtab.weights.onnx;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * What the nodes between two values of a graph make of each number: exporters spell an activation
 * in many ways, and another one may be spelled by the same operators.
 */
final class OnnxFunction {
  private static final Map<String, DoubleUnaryOperator> OF_ONE =
      Map.ofEntries(
          entry("Erf", Activations::erf),
          entry("Exp", Math::exp),
          entry("FastGelu", Activations::tanhGelu),
          entry("Neg", x -> -x),
          entry("Relu", Activations::relu),
          entry("Sigmoid", Activations::sigmoid),
          entry("Sqrt", Math::sqrt),
          entry("Tanh", Math::tanh));

  private static final Map<String, DoubleBinaryOperator> OF_TWO =
      Map.of(
          "Add", Double::sum,
          "Sub", (a, b) -> a - b,
          "Mul", (a, b) -> a * b,
          "Div", (a, b) -> a / b,
          "Pow", Math::pow);

  private final OnnxGraph graph;
  private final String from;
  private final Set<String> operators = new TreeSet<>();

  private OnnxFunction(OnnxGraph graph, String from) {
    this.graph = graph;
    this.from = from;
  }

  /** The function and the operators that it is made of; none where one of those isn't known. */
  record Found(Optional<DoubleUnaryOperator> function, Collection<String> operators) {}

  /** What becomes of {@code from} on the way to {@code to}. */
  static Found between(OnnxGraph graph, String from, String to) {
    OnnxFunction between = new OnnxFunction(graph, from);
    return new Found(between.at(to), between.operators);
  }

  private Optional<DoubleUnaryOperator> at(String name) {
    if (name.equals(from)) {
      return Optional.of(x -> x);
    }
    Optional<Double> constant = graph.scalar(name);
    return constant.isPresent()
        ? constant.map(value -> x -> value)
        : graph.maker(name).flatMap(this::of);
  }

  private Optional<DoubleUnaryOperator> of(OnnxGraph.Node node) {
    if (OnnxGraph.TRANSPARENT.contains(node.operator())) {
      return at(node.inputs().get(0));
    }
    operators.add(node.operator());
    List<Optional<DoubleUnaryOperator>> inputs = node.inputs().stream().map(this::at).toList();
    if (inputs.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    DoubleUnaryOperator first = inputs.get(0).orElseThrow();
    if (inputs.size() == 1) {
      return ofOne(node).map(first::andThen);
    }
    DoubleUnaryOperator second = inputs.get(1).orElseThrow();
    return Optional.ofNullable(inputs.size() == 2 ? OF_TWO.get(node.operator()) : null)
        .map(f -> x -> f.applyAsDouble(first.applyAsDouble(x), second.applyAsDouble(x)));
  }

  private static Optional<DoubleUnaryOperator> ofOne(OnnxGraph.Node node) {
    if (!node.operator().equals("Gelu")) {
      return Optional.ofNullable(OF_ONE.get(node.operator()));
    }
    return switch (node.texts().getOrDefault("approximate", "none")) {
      case "none" -> Optional.of(Activations::gelu);
      case "tanh" -> Optional.of(Activations::tanhGelu);
      default -> Optional.empty();
    };
  }
}
