package org.trimtab.onnx;

import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.onnx.OnnxTypes;

/** A tensor with its values (onnx.proto: TensorProto). */
final class TensorProto {
  private TensorProto() {}

  /** With its values in it. */
  static Message of(String name, HostTensor values) {
    return header(name, values.type(), values.shape())
        .later(9, values.size() * values.type().bytes(), values::data);
  }

  /** Without values. */
  static Message header(String name, DType type, long... shape) {
    Message tensor = new Message();
    for (long axis : shape) {
      tensor.number(1, axis);
    }
    tensor.number(2, OnnxTypes.code(type));
    return name.isEmpty() ? tensor : tensor.text(8, name);
  }

  /** With values that stand in another file from {@code offset} on. */
  static Message outside(Message header, String file, long offset, long length) {
    return header
        .message(13, entry("location", file))
        .message(13, entry("offset", Long.toString(offset)))
        .message(13, entry("length", Long.toString(length)))
        .number(14, 1);
  }

  /** A key with its value (StringStringEntryProto). */
  static Message entry(String key, String value) {
    return new Message().text(1, key).text(2, value);
  }
}
