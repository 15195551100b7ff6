package org.trimtab.weights;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;

/** The initializers and nodes of an ONNX graph (onnx.proto: ModelProto.graph = 7). */
record OnnxGraph(Map<String, HostTensor> initializers, List<Node> nodes) {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  record Node(String operator, List<String> inputs, List<String> outputs) {}

  static OnnxGraph parse(ByteBuffer model) {
    Map<String, HostTensor> initializers = new LinkedHashMap<>();
    List<Node> nodes = new ArrayList<>();
    while (model.hasRemaining()) {
      Protobuf.Field field = Protobuf.next(model);
      if (field.number() == 7 && field.wire() == Protobuf.BYTES) {
        graph(field.bytes(), initializers, nodes);
      }
    }
    return new OnnxGraph(initializers, nodes);
  }

  private static void graph(ByteBuffer in, Map<String, HostTensor> initializers, List<Node> nodes) {
    while (in.hasRemaining()) {
      Protobuf.Field field = Protobuf.next(in);
      if (field.number() == 1) {
        nodes.add(node(field.bytes()));
      } else if (field.number() == 5) {
        initializer(field.bytes(), initializers);
      }
    }
  }

  private static Node node(ByteBuffer in) {
    String operator = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    while (in.hasRemaining()) {
      Protobuf.Field field = Protobuf.next(in);
      switch (field.number()) {
        case 1 -> inputs.add(field.text());
        case 2 -> outputs.add(field.text());
        case 4 -> operator = field.text();
        default -> {}
      }
    }
    return new Node(operator, inputs, outputs);
  }

  /** Only tensors whose values stand as raw bytes are kept: all weights are such. */
  private static void initializer(ByteBuffer in, Map<String, HostTensor> initializers) {
    String name = "";
    int type = 0;
    List<Long> shape = new ArrayList<>();
    ByteBuffer raw = ByteBuffer.allocate(0);
    while (in.hasRemaining()) {
      Protobuf.Field field = Protobuf.next(in);
      switch (field.number()) {
        case 1 -> shape.addAll(dimensions(field));
        case 2 -> type = (int) field.value();
        case 8 -> name = field.text();
        case 9 -> raw = field.bytes();
        default -> {}
      }
    }
    if (raw.hasRemaining() && (type == FLOAT || type == INT64)) {
      long[] axes = shape.stream().mapToLong(Long::longValue).toArray();
      initializers.put(name, new HostTensor(type == FLOAT ? DType.F32 : DType.I64, axes, raw));
    }
  }

  private static List<Long> dimensions(Protobuf.Field field) {
    if (field.wire() == Protobuf.VARINT) {
      return List.of(field.value());
    }
    List<Long> dimensions = new ArrayList<>();
    ByteBuffer packed = field.bytes();
    while (packed.hasRemaining()) {
      dimensions.add(Protobuf.varint(packed));
    }
    return dimensions;
  }
}
