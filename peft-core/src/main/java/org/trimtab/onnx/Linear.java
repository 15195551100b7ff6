package org.trimtab.onnx;

import java.util.List;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;

/**
 * Linear layers. A constant weight stands in the graph as it is multiplied: transposed, and, where
 * it is quantised, as whole numbers with a scale for each output.
 */
final class Linear {
  /**
   * Seven bits of the eight: processors without instructions for this add two products of an
   * unsigned and a signed byte in 16 bits, which larger weights would overflow in silence.
   */
  private static final int LARGEST = 63;

  private Linear() {}

  /** x Wᵀ of x (..., in) and W (out, in). */
  static OnnxTensor of(OnnxTensor x, OnnxTensor weight) {
    Axes.linear(x.axes(), weight.axes());
    OnnxTensors tensors = x.tensors();
    if (!tensors.graph().isConstant(weight.number())) {
      return x.matmul(weight.t());
    }
    return tensors.isQuantized(weight.number())
        ? quantized(x, weight)
        : x.matmul(derived(weight, "transposed", weight.value().type(), weight.axes().t()));
  }

  private static OnnxTensor derived(OnnxTensor weight, String form, DType type, Axes axes) {
    Graph graph = weight.tensors().graph();
    int number = weight.number();
    int made =
        graph.derived(
            number, form, new Graph.Value(type, axes), () -> host(graph.host(number), form));
    return new OnnxTensor(weight.tensors(), made);
  }

  private static HostTensor host(HostTensor weight, String form) {
    return switch (form) {
      case "transposed" -> weight.transposed();
      case "int8" -> int8(weight).transposed();
      case "scale" -> HostTensor.of(scales(weight), weight.shape()[0]);
      default -> throw new IllegalArgumentException(form);
    };
  }

  /**
   * Dynamic quantisation: whole numbers of x by its least and largest value in a pass, times whole
   * numbers of W, scaled back.
   */
  private static OnnxTensor quantized(OnnxTensor x, OnnxTensor weight) {
    OnnxTensors tensors = x.tensors();
    List<Integer> whole =
        tensors
            .graph()
            .putOnce(
                "DynamicQuantizeLinear",
                List.of(x.number()),
                List.of(
                    new Graph.Value(DType.U8, x.axes()),
                    new Graph.Value(DType.F32, Axes.of(new long[0])),
                    new Graph.Value(DType.U8, Axes.of(new long[0]))));
    OnnxTensor numbers = new OnnxTensor(tensors, whole.get(0));
    OnnxTensor scale = new OnnxTensor(tensors, whole.get(1));
    OnnxTensor zero = new OnnxTensor(tensors, whole.get(2));
    OnnxTensor int8 = derived(weight, "int8", DType.I8, weight.axes().t());
    Axes axes = Axes.linear(x.axes(), weight.axes());
    OnnxTensor product =
        numbers.put(new Graph.Value(DType.I32, axes), "MatMulInteger", List.of(int8, zero));
    OnnxTensor each = derived(weight, "scale", DType.F32, Axes.of(weight.axes().get(0)));
    return product.cast(DType.F32).mul(scale.mul(each));
  }

  /** What one step stands for in each row of W, 1 for rows of zeros. */
  private static float[] scales(HostTensor weight) {
    float[] values = weight.floats();
    float[] scales = new float[Math.toIntExact(weight.shape()[0])];
    int in = values.length / scales.length;
    for (int row = 0; row < scales.length; row++) {
      float largest = 0;
      for (int i = row * in; i < (row + 1) * in; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      scales[row] = largest == 0 ? 1 : largest / LARGEST;
    }
    return scales;
  }

  private static HostTensor int8(HostTensor weight) {
    float[] values = weight.floats();
    float[] scales = scales(weight);
    int in = values.length / scales.length;
    byte[] numbers = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      numbers[i] = (byte) Math.round(values[i] / scales[i / in]);
    }
    return HostTensor.of(numbers, weight.shape());
  }
}
