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
import org.trimtab.tensor.DjlTensors;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** A graph says of each operation what the computing backing makes of it. */
class GraphTest {
  private final Tensors tensors = DjlTensors.open(Precision.FP64);

  @AfterEach
  void close() {
    tensors.close();
  }

  /** A use of each operation, by names that say which one. */
  private static Map<String, Function<Operands, Tensor>> uses() {
    Map<String, Function<Operands, Tensor>> uses = new LinkedHashMap<>(usesOfOne());
    uses.put("add", o -> o.x().add(o.get("row")));
    uses.put("sub", o -> o.x().sub(o.get("column")));
    uses.put("sub of fewer axes", o -> o.get("row").sub(o.x()));
    uses.put("mul", o -> o.x().mul(o.get("vector")));
    uses.put("div", o -> o.x().div(o.x()));
    uses.put("matmul", o -> o.x().matmul(o.x().t()));
    uses.put("matmul of fewer axes", o -> o.x().matmul(o.get("matrix").t()));
    uses.put("matmul broadcast", o -> o.get("row").matmul(o.x().t()));
    uses.put("linear", o -> o.x().linear(o.get("matrix")));
    uses.put("linear with a bias", o -> o.x().linear(o.get("matrix"), o.get("bias")));
    uses.put("layerNorm", o -> o.x().layerNorm(o.get("vector"), o.get("vector"), 1e-5));
    uses.put("meanRows", o -> o.x().meanRows(o.get("mask")));
    uses.put("maxRows", o -> o.x().maxRows(o.get("mask")));
    uses.put("followedBy", o -> o.x().followedBy(o.x()));
    uses.put("beside", o -> o.x().beside(o.x().sumLast()));
    uses.put("lookup", o -> o.get("matrix").lookup(o.get("ids")));
    uses.put("tableRows", o -> o.get("matrix").tableRows(1, o.x()));
    uses.put("batched", o -> o.get("matrix").batched(o.x()));
    uses.put("asIndex", o -> o.get("matrix").lookup(o.get("mask").asIndex()));
    return uses;
  }

  private static Map<String, Function<Operands, Tensor>> usesOfOne() {
    Map<String, Function<Operands, Tensor>> uses = new LinkedHashMap<>();
    uses.put("mul by a number", o -> o.x().mul(2));
    uses.put("add a number", o -> o.x().add(2));
    uses.put("log", o -> o.x().log());
    uses.put("sqrt", o -> o.x().sqrt());
    uses.put("t", o -> o.x().t());
    uses.put("relu", o -> o.x().relu());
    uses.put("gelu", o -> o.x().gelu());
    uses.put("tanh", o -> o.x().tanh());
    uses.put("sigmoid", o -> o.x().sigmoid());
    uses.put("softmax", o -> o.x().softmax());
    uses.put("logSoftmax", o -> o.x().logSoftmax());
    uses.put("dropout", o -> o.x().dropout(0));
    uses.put("mean", o -> o.x().mean());
    uses.put("sumLast", o -> o.x().sumLast());
    uses.put("sumAxis", o -> o.x().sumAxis(1));
    uses.put("cumulativeSum", o -> o.get("mask").cumulativeSum());
    uses.put("splitHeads", o -> o.x().splitHeads(2));
    uses.put("mergeHeads", o -> o.x().splitHeads(2).mergeHeads());
    uses.put("rows", o -> o.x().rows(1, 2));
    uses.put("rowsFrom", o -> o.x().rowsFrom(1));
    uses.put("rowsFrom the end", o -> o.x().rowsFrom(Operands.T));
    uses.put("onesBeside", o -> o.x().onesBeside(5));
    uses.put("zerosLike", o -> o.x().zerosLike());
    uses.put("view", o -> o.x().view(0, -1, 2));
    uses.put("maskBias", o -> o.get("mask").maskBias());
    uses.put("detach", o -> o.x().detach());
    return uses;
  }

  private Shape shape(Tensor tensor) {
    return Shape.of(tensors.shape(tensor));
  }

  @TestFactory
  Stream<DynamicTest> aRecordedOperationGivesTheShapeAndTheValuesOfTheComputedOne() {
    return uses().entrySet().stream()
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
    Stream<Tensor> results = uses().values().stream().map(use -> use.apply(operands));
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
