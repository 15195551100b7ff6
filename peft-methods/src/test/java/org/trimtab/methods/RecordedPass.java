package org.trimtab.methods;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Input;
import org.trimtab.method.Features;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.graph.Graph;
import org.trimtab.testing.graph.Shape;

/**
 * A pass as a graph records it: of token ids, segments, mask, spans and frozen features.
 *
 * @param scores the number of their node
 * @param inputs what to replay it with
 */
record RecordedPass(Graph graph, int scores, Map<String, Tensor> inputs) {
  static RecordedPass of(HeadedModule subject, Input given) {
    Graph graph = new Graph(subject.tiny().tensors(), subject.named());
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    inputs.put("ids", given.ids());
    inputs.put("types", given.types());
    inputs.put("mask", given.mask());
    given.spans().ifPresent(spans -> inputs.put("spans", spans));
    Input input =
        new Input(
            graph.indexInput("ids", shape(subject, given.ids())),
            graph.indexInput("types", shape(subject, given.types())),
            graph.input("mask", shape(subject, given.mask())),
            List.of(),
            given.spans().map(spans -> graph.input("spans", shape(subject, spans))));
    Map<String, Tensor> asked = new LinkedHashMap<>();
    Features features =
        feature ->
            asked.computeIfAbsent(
                feature.name(),
                name -> {
                  Tensor value = feature.of(given);
                  inputs.put(name, value);
                  return graph.input(name, shape(subject, value));
                });
    return new RecordedPass(graph, graph.number(subject.scores(input, features)), inputs);
  }

  static Shape shape(HeadedModule subject, Tensor tensor) {
    return Shape.of(subject.tiny().tensors().shape(tensor));
  }

  /** Everything but the lengths of axes. */
  List<String> operations() {
    return graph.nodes().stream()
        .map(n -> n.operation() + n.name() + n.operands() + n.attributes())
        .toList();
  }
}
