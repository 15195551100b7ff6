package org.trimtab.testing.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
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

/** A graph refuses what no backing could compute, when it is recorded. */
class GraphRefusalsTest {
  private final Tensors tensors = DjlTensors.open(Precision.FP64);

  @AfterEach
  void close() {
    tensors.close();
  }

  @TestFactory
  Stream<DynamicTest> shapesThatDoNotFitAreRefused() {
    Map<String, Function<Operands, Tensor>> misfits = new LinkedHashMap<>();
    misfits.put("add", o -> o.x().add(o.get("bias")));
    misfits.put("matmul", o -> o.x().matmul(o.x()));
    misfits.put("matmul of a vector", o -> o.x().matmul(o.get("vector")));
    misfits.put("matmul of batches", o -> o.x().matmul(o.x().t().beside(o.x().t()).view(3, 4, 4)));
    misfits.put("t", o -> o.get("vector").t());
    misfits.put("linear", o -> o.x().linear(o.get("mask")));
    misfits.put("linear's bias", o -> o.x().linear(o.get("matrix"), o.get("vector")));
    misfits.put("layerNorm", o -> o.x().layerNorm(o.get("bias"), o.get("bias"), 0));
    misfits.put("layerNorm's bias", o -> o.x().layerNorm(o.get("vector"), o.get("bias"), 0));
    misfits.put("softmax", o -> o.x().mean().softmax());
    misfits.put("sumAxis", o -> o.x().sumAxis(3));
    misfits.put("cumulativeSum", o -> o.get("vector").cumulativeSum());
    misfits.put("meanRows", o -> o.x().meanRows(o.get("row")));
    misfits.put("splitHeads", o -> o.x().splitHeads(3));
    misfits.put("mergeHeads", o -> o.x().mergeHeads());
    misfits.put("followedBy", o -> o.x().followedBy(o.get("column")));
    misfits.put("beside", o -> o.x().beside(o.get("row")));
    misfits.put("rows", o -> o.x().rows(1, Operands.T + 1));
    misfits.put("rows backwards", o -> o.x().rows(2, 1));
    misfits.put("rowsFrom", o -> o.x().rowsFrom(Operands.T + 1));
    misfits.put("lookup", o -> o.x().lookup(o.get("ids")));
    misfits.put("lookup of numbers", o -> o.get("matrix").lookup(o.get("mask")));
    misfits.put("sums of ids", o -> o.get("ids").add(1));
    misfits.put("gather", o -> o.x().gather(o.get("ids")));
    misfits.put("gather by numbers", o -> o.x().gather(o.x()));
    misfits.put("tableRows", o -> o.get("matrix").tableRows(3, o.x()));
    misfits.put("batched", o -> o.x().batched(o.x().mean()));
    misfits.put("view", o -> o.x().view(0, 5));
    misfits.put("view of two unknown", o -> o.x().view(-1, -1));
    misfits.put("view of what doesn't divide", o -> o.x().view(5, -1));
    misfits.put("maskBias", o -> o.x().maskBias());
    return misfits.entrySet().stream()
        .map(
            misfit ->
                DynamicTest.dynamicTest(
                    misfit.getKey(),
                    () -> {
                      Operands operands =
                          Operands.computed(tensors)
                              .recorded(tensors, new Graph(tensors, Map.of()));
                      assertThatThrownBy(() -> misfit.getValue().apply(operands))
                          .isInstanceOf(IllegalArgumentException.class)
                          .hasMessageContaining("(");
                    }));
  }

  @Test
  void noBackingTakesWhatItCannotUse() {
    Tensor x = new Graph(tensors, Map.of()).input("x", Shape.of(Operands.B, Operands.H));
    Tensor ofAnother = new Graph(tensors, Map.of()).input("x", Shape.of(Operands.B, Operands.H));
    assertThatThrownBy(() -> x.add(ofAnother)).hasMessage("a tensor of another graph");
    assertThatThrownBy(() -> tensors.zeros(1).lift(x))
        .hasMessage("this backing takes no tensors of others");
  }

  @Test
  void twoValuesFromOutsideMustHaveTwoNames() {
    Graph graph = new Graph(tensors, Map.of("x", tensors.zeros(1)));
    graph.input("x", Shape.of(1));
    assertThatThrownBy(() -> graph.indexInput("x", Shape.of(1))).hasMessage("a second 'x'");
  }
}
