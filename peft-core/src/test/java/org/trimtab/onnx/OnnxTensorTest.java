package org.trimtab.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trimtab.head.TaskHead;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tensor.djl.DjlTensors;
import org.trimtab.testing.OnnxRun;
import org.trimtab.testing.graph.Operands;
import org.trimtab.testing.graph.Uses;

/** What ONNX Runtime makes of each recorded operation. */
class OnnxTensorTest {
  private static final GraphFile.Description NOTHING = new GraphFile.Description("0", "", Map.of());

  @TestFactory
  Stream<DynamicTest> onnxRuntimeComputesWhatTheEngineDoes() {
    return Stream.of(Precision.values())
        .flatMap(
            precision ->
                Uses.all().entrySet().stream()
                    .filter(use -> !use.getKey().equals("dropout"))
                    .map(
                        use ->
                            DynamicTest.dynamicTest(
                                use.getKey() + " in " + precision,
                                () -> requireSame(use.getKey(), use.getValue(), precision))));
  }

  private static void requireSame(
      String name, Function<Operands, Tensor> use, Precision precision) {
    boolean exact = precision == Precision.FP64 && !name.equals("gelu");
    try (Tensors engine = DjlTensors.open(precision)) {
      Operands operands = Operands.computed(engine);
      Tensor expected = use.apply(operands);
      OnnxTensors tensors = new OnnxTensors(engine);
      OnnxTensor result = tensors.own(use.apply(recorded(operands, engine, tensors)));
      HostTensor found = run(tensors, result, operands, engine);
      assertThat(found.shape()).isEqualTo(engine.shape(expected));
      double[] values = engine.doubles(expected);
      for (int i = 0; i < values.length; i++) {
        assertThat(found.doubles()[i])
            .isCloseTo(values[i], org.assertj.core.data.Offset.offset(exact ? 1e-12 : 2e-6));
      }
      requireFits(result.axes(), found.shape());
    }
  }

  /** What is known of the axes before a pass is true of it. */
  private static void requireFits(Axes axes, long... shape) {
    assertThat(axes.rank()).isEqualTo(shape.length);
    for (int i = 0; i < shape.length; i++) {
      Axis axis = axes.get(i);
      long open = Map.of("batch", Operands.B, "length", Operands.T).getOrDefault(axis.symbol(), 0L);
      if (axis.isKnown()) {
        assertThat(axis.length() + open).as("axis %d of %s", i, axes).isEqualTo(shape[i]);
      }
    }
  }

  /** Inputs whose batch and length are open. */
  private static Operands recorded(Operands operands, Tensors engine, OnnxTensors tensors) {
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    operands
        .byName()
        .forEach(
            (name, operand) -> {
              Axes axes = Axes.of(engine.shape(operand));
              if (List.of("x", "mask", "ids", "column").contains(name)) {
                axes = axes.with(0, Axis.open("batch")).with(1, Axis.open("length"));
              }
              DType type = name.equals("ids") ? DType.I64 : tensors.type();
              inputs.put(name, tensors.input(name, type, axes));
            });
    return new Operands(inputs);
  }

  private static HostTensor run(
      OnnxTensors tensors, OnnxTensor result, Operands operands, Tensors engine) {
    OnnxTensor output = result.put(result.value(), "Identity", List.of());
    tensors.graph().name(output.number(), "result");
    tensors.graph().scope("test");
    Map<String, HostTensor> inputs = new LinkedHashMap<>();
    operands.byName().forEach((name, operand) -> inputs.put(name, host(name, operand, engine)));
    GraphFile file = new GraphFile(tensors.graph(), Set.of(output.number()), NOTHING);
    try (OnnxRun run = OnnxRun.of(file.bytes())) {
      return TaskHead.output(run.run(inputs), "result");
    }
  }

  private static HostTensor host(String name, Tensor operand, Tensors engine) {
    return name.equals("ids")
        ? HostTensor.of(
            Arrays.stream(engine.doubles(operand)).mapToLong(id -> (long) id).toArray(),
            engine.shape(operand))
        : engine.host(operand);
  }

  @Test
  void constantsHaveValuesAndAllElseHasNone() {
    OnnxTensors tensors = new OnnxTensors(Precision.FP32);
    Tensor table = tensors.of(new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
    assertThat(tensors.rows(table, 2, 0)).isDeepEqualTo(new double[][] {{5, 6}, {1, 2}});
    tensors.assign(table, new double[] {6, 5, 4, 3, 2, 1});
    assertThat(tensors.floats(table)).containsExactly(6, 5, 4, 3, 2, 1);
    assertThat(tensors.shape(table.t())).containsExactly(2, 3);
    assertThatThrownBy(() -> tensors.doubles(table.t()))
        .hasMessage("only a pass tells the values of a tensor, which a graph records");
    assertThatThrownBy(() -> tensors.assign(table, new double[5]))
        .hasMessage("5 values for (3, 2)");
    Axes open = Axes.of(Axis.open("batch"), Axis.fixed(2));
    Tensor input = tensors.input("x", DType.F32, open);
    assertThatThrownBy(() -> tensors.shape(input))
        .hasMessage("only a pass tells all axes of (batch, 2)");
  }

  @Test
  void whatCannotBeIsRefused() {
    OnnxTensors tensors = new OnnxTensors(Precision.FP32);
    Tensor x = tensors.zeros(2, 3);
    assertThatThrownBy(() -> x.add(tensors.zeros(2, 4)))
        .hasMessage("found [(2, 3), (2, 4)]; allowed one length");
    assertThatThrownBy(() -> x.matmul(x)).hasMessageContaining("as many columns as rows");
    assertThatThrownBy(() -> x.linear(tensors.zeros(4, 2))).hasMessageContaining("(out, in)");
    assertThatThrownBy(() -> x.view(4, -1)).hasMessageContaining("as many values");
    assertThatThrownBy(() -> x.rows(1, 4)).hasMessageContaining("rows 1 to 4");
    assertThatThrownBy(() -> x.add(tensors.of(new long[6], 2, 3))).hasMessage("Add of F32 and I64");
    assertThatThrownBy(() -> x.dropout(0.1)).hasMessageContaining("has no dropout");
    assertThatThrownBy(() -> tensors.seed(1)).hasMessageContaining("nothing trains");
    assertThatThrownBy(() -> tensors.mutable(x)).hasMessageContaining("nothing trains");
    assertThatThrownBy(() -> tensors.gradients(List.of(), new Params()))
        .hasMessageContaining("nothing trains");
    assertThatThrownBy(() -> x.add(new OnnxTensors(Precision.FP32).zeros(2, 3)))
        .hasMessage("a tensor of another graph");
    try (Tensors engine = DjlTensors.open(Precision.FP32)) {
      assertThatThrownBy(() -> x.add(engine.zeros(2, 3)))
          .hasMessage("a tensor of another backing; allowed none here");
    }
  }
}
