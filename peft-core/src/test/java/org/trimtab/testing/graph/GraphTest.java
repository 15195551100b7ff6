package org.trimtab.testing.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;

/** A graph says of each operation what the computing backing makes of it. */
class GraphTest {
  private final Tensors tensors = DjlTensors.open(Precision.FP64);

  @AfterEach
  void close() {
    tensors.close();
  }

  private Shape shape(Tensor tensor) {
    return Shape.of(tensors.shape(tensor));
  }

  @TestFactory
  Stream<DynamicTest> aRecordedOperationGivesTheShapeAndTheValuesOfTheComputedOne() {
    return Uses.all().entrySet().stream()
        .map(use -> DynamicTest.dynamicTest(use.getKey(), () -> requireSame(use.getValue())));
  }

  private void requireSame(Function<Operands, Tensor> use) {
    Operands operands = Operands.computed(tensors);
    Graph graph = new Graph(tensors, Map.of());
    int result = graph.number(use.apply(operands.recorded(tensors, graph)));
    List<Tensor> replayed = Replay.of(graph, operands.byName());
    for (int i = 0; i < replayed.size(); i++) {
      assertThat(shape(replayed.get(i))).isEqualTo(graph.nodes().get(i).shape());
    }
    assertThat(tensors.doubles(replayed.get(result)))
        .isEqualTo(tensors.doubles(use.apply(operands)));
  }

  @Test
  void everyOperationIsTried() {
    Graph graph = new Graph(tensors, Map.of());
    Operands operands = Operands.computed(tensors).recorded(tensors, graph);
    Stream<Tensor> results = Uses.all().values().stream().map(use -> use.apply(operands));
    assertThat(results).allMatch(result -> graph.number(result) > 0);
    Set<Operation> all = EnumSet.allOf(Operation.class);
    all.remove(Operation.CONSTANT);
    assertThat(graph.operations()).isEqualTo(all);
  }

  /** The weight, as the first operand, would be the one to compute. */
  @TestFactory
  Stream<DynamicTest> aTensorOfTheComputingBackingMeetsOneOfAGraph() {
    Map<Operation, Function<Operands, Tensor>> meetings = new LinkedHashMap<>();
    Operands weights = Operands.computed(tensors);
    meetings.put(Operation.ADD, o -> weights.x().add(o.get("row")));
    meetings.put(Operation.SUB, o -> weights.x().sub(o.get("row")));
    meetings.put(Operation.MUL, o -> weights.x().mul(o.get("row")));
    meetings.put(Operation.DIV, o -> weights.x().div(o.get("row")));
    meetings.put(Operation.MATMUL, o -> weights.x().matmul(o.x().t()));
    meetings.put(Operation.LINEAR, o -> weights.x().linear(o.get("matrix")));
    meetings.put(
        Operation.LINEAR_BIAS, o -> weights.x().linear(weights.get("matrix"), o.get("bias")));
    meetings.put(
        Operation.LAYER_NORM,
        o -> weights.x().layerNorm(o.get("vector"), weights.get("vector"), 0));
    meetings.put(Operation.MEAN_ROWS, o -> weights.x().meanRows(o.get("mask")));
    meetings.put(Operation.MAX_ROWS, o -> weights.x().maxRows(o.get("mask")));
    meetings.put(Operation.FOLLOWED_BY, o -> weights.x().followedBy(o.x()));
    meetings.put(Operation.BESIDE, o -> weights.x().beside(o.x()));
    meetings.put(Operation.LOOKUP, o -> weights.get("matrix").lookup(o.get("ids")));
    meetings.put(Operation.TABLE_ROWS, o -> weights.get("matrix").tableRows(1, o.x()));
    meetings.put(Operation.BATCHED, o -> weights.get("matrix").batched(o.x()));
    return meetings.entrySet().stream()
        .map(
            meeting ->
                DynamicTest.dynamicTest(
                    meeting.getKey().name(),
                    () -> {
                      Graph graph =
                          new Graph(
                              tensors, Map.of("one", weights.x(), "table", weights.get("matrix")));
                      Tensor result = meeting.getValue().apply(weights.recorded(tensors, graph));
                      Node node = graph.nodes().get(graph.number(result));
                      Node first = graph.nodes().get(node.operands().get(0));
                      assertThat(node.operation()).isEqualTo(meeting.getKey());
                      assertThat(first.operation()).isEqualTo(Operation.CONSTANT);
                      assertThat(first.name()).isIn("one", "table");
                    }));
  }

  @Test
  void aConstantStandsOnceAndKnowsItsNameOrThatItWasComputed() {
    Operands weights = Operands.computed(tensors);
    Graph graph = new Graph(tensors, Map.of("gain", weights.get("vector")));
    Tensor x = graph.input("x", Shape.of(Operands.B, Operands.T, Operands.H));
    Tensor twice = weights.get("vector").mul(2);
    x.mul(weights.get("vector")).add(weights.get("vector")).add(twice).sub(twice);
    assertThat(graph.constants()).containsExactly("gain");
    assertThat(graph.computed()).containsExactly(twice);
    assertThat(graph.nodes().get(1).name()).isEqualTo("gain");
    assertThat(graph.nodes().get(4).name()).isEqualTo("computed.0");
    assertThat(graph.constant(1)).isSameAs(weights.get("vector"));
    assertThat(graph.constant(4)).isSameAs(twice);
    assertThat(graph.nodes().get(2)).hasToString("MUL(0, 1) (2, 3, 4)");
  }
}
