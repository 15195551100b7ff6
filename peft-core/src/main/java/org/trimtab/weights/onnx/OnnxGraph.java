package org.trimtab.weights.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.tensor.HostTensor;

/**
 * The tensors and nodes of an ONNX graph (onnx.proto: ModelProto.graph = 7).
 *
 * @param initializers by name; the values of Constant nodes too
 */
record OnnxGraph(Map<String, HostTensor> initializers, List<Node> nodes) {
  /** Operators that give the numbers of their first input, in another type at most. */
  static final Set<String> TRANSPARENT = Set.of("Cast", "CastLike", "Identity");

  /**
   * An operator at work.
   *
   * @param domain of the operator; empty for ONNX's own
   * @param numbers its attributes that are numbers
   * @param texts its attributes that are texts
   */
  record Node(
      String domain,
      String operator,
      List<String> inputs,
      List<String> outputs,
      Map<String, Double> numbers,
      Map<String, String> texts) {}

  /**
   * Reads a model.
   *
   * @param external where tensors lie that stand outside of it
   */
  static OnnxGraph parse(ByteBuffer model, OnnxTensors external) {
    OnnxGraph graph = new OnnxGraph(new LinkedHashMap<>(), new ArrayList<>());
    while (model.hasRemaining()) {
      Protobuf.Field field = Protobuf.next(model);
      if (field.number() == 7 && field.wire() == Protobuf.BYTES) {
        graph.read(field.bytes(), external);
      }
    }
    graph.nodes.removeIf(graph::names);
    return graph;
  }

  /** Exporters write equal tensors once, and give the others' names by Identity. */
  private boolean names(Node node) {
    boolean names =
        node.operator().equals("Identity") && initializers.containsKey(node.inputs().get(0));
    if (names) {
      initializers.put(node.outputs().get(0), initializers.get(node.inputs().get(0)));
    }
    return names;
  }

  private void read(ByteBuffer in, OnnxTensors external) {
    while (in.hasRemaining()) {
      Protobuf.Field field = Protobuf.next(in);
      if (field.number() == 1) {
        node(field.bytes(), external);
      } else if (field.number() == 5) {
        external.read(field.bytes()).ifPresent(t -> initializers.put(t.name(), t.values()));
      }
    }
  }

  private void node(ByteBuffer in, OnnxTensors external) {
    Node node =
        new Node(
            "",
            "",
            new ArrayList<>(),
            new ArrayList<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());
    String operator = "";
    String domain = "";
    List<HostTensor> values = new ArrayList<>();
    while (in.hasRemaining()) {
      Protobuf.Field field = Protobuf.next(in);
      switch (field.number()) {
        case 1 -> node.inputs().add(field.text());
        case 2 -> node.outputs().add(field.text());
        case 4 -> operator = field.text();
        case 5 -> {
          OnnxAttribute attribute = OnnxAttribute.read(field.bytes(), external);
          attribute.number().ifPresent(number -> node.numbers().put(attribute.name(), number));
          attribute.text().ifPresent(text -> node.texts().put(attribute.name(), text));
          attribute.constant().ifPresent(values::add);
        }
        case 7 -> domain = field.text().equals("ai.onnx") ? "" : field.text();
        default -> {}
      }
    }
    if (operator.equals("Constant") && values.size() == 1) {
      initializers.put(node.outputs().get(0), values.get(0));
    } else {
      nodes.add(
          new Node(domain, operator, node.inputs(), node.outputs(), node.numbers(), node.texts()));
    }
  }

  /** The number that was written, of which the file holds the nearest float. */
  static double decimal(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  /** The values of {@code name}, where no input of the graph changes them. */
  Optional<HostTensor> constant(String name) {
    Optional<HostTensor> values = Optional.ofNullable(initializers.get(name));
    return values.isPresent()
        ? values
        : maker(name)
            .filter(node -> TRANSPARENT.contains(node.operator()))
            .flatMap(node -> constant(node.inputs().get(0)));
  }

  /** The number {@code name}, where it is a constant of one value. */
  Optional<Double> scalar(String name) {
    return constant(name)
        .filter(values -> values.size() == 1)
        .map(values -> decimal((float) values.doubles()[0]));
  }

  /** The node that gives {@code output}; none for a tensor or an input of the graph. */
  Optional<Node> maker(String output) {
    return nodes.stream().filter(node -> node.outputs().contains(output)).findFirst();
  }

  /** The nodes that read {@code output}. */
  List<Node> readers(String output) {
    return nodes.stream().filter(node -> node.inputs().contains(output)).toList();
  }
}
