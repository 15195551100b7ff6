package org.trimtab.weights.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.tensor.HostTensor;

/**
 * What a node is set to (onnx.proto: AttributeProto).
 *
 * @param list whether the numbers are a list, of one or more
 */
record OnnxAttribute(
    String name,
    Optional<HostTensor> tensor,
    Optional<String> text,
    List<Double> numbers,
    boolean list) {

  static OnnxAttribute read(ByteBuffer in, OnnxTensors external) {
    String name = "";
    Optional<HostTensor> tensor = Optional.empty();
    Optional<String> text = Optional.empty();
    List<Double> numbers = new ArrayList<>();
    boolean list = false;
    while (in.hasRemaining()) {
      Protobuf.Field field = Protobuf.next(in);
      switch (field.number()) {
        case 1 -> name = field.text();
        case 2 -> numbers.add(OnnxGraph.decimal(Float.intBitsToFloat((int) field.value())));
        case 3 -> numbers.add((double) field.value());
        case 4 -> text = Optional.of(field.text());
        case 5 -> tensor = external.read(field.bytes()).map(OnnxTensors.Named::values);
        case 7 -> list = numbers.addAll(floats(field));
        case 8 -> list = numbers.addAll(integers(field));
        default -> {}
      }
    }
    return new OnnxAttribute(name, tensor, text, numbers, list);
  }

  private static List<Double> floats(Protobuf.Field field) {
    ByteBuffer packed = Protobuf.fixed(field, Float.BYTES);
    List<Double> values = new ArrayList<>();
    while (packed.hasRemaining()) {
      values.add(OnnxGraph.decimal(packed.getFloat()));
    }
    return values;
  }

  private static List<Double> integers(Protobuf.Field field) {
    return Protobuf.varints(field).stream().map(Long::doubleValue).toList();
  }

  Optional<Double> number() {
    return list ? Optional.empty() : numbers.stream().findFirst();
  }

  /** What a Constant with this attribute gives: a tensor, a number or a list of numbers. */
  Optional<HostTensor> constant() {
    if (!name.startsWith("value_") || numbers.isEmpty()) {
      return tensor;
    }
    double[] values = numbers.stream().mapToDouble(v -> v).toArray();
    return Optional.of(
        list ? HostTensor.of(values, values.length) : HostTensor.of(values, new long[0]));
  }
}
