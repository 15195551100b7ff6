package org.trimtab.experiments.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;

/** Host values to and from ONNX Runtime. */
final class RuntimeTensors {
  private RuntimeTensors() {}

  /** To be closed by who asked for it. */
  static OnnxTensor of(OrtEnvironment environment, HostTensor values) throws OrtException {
    ByteBuffer data = values.data();
    ByteBuffer direct = ByteBuffer.allocateDirect(data.remaining()).order(ByteOrder.nativeOrder());
    direct.put(data).rewind();
    return OnnxTensor.createTensor(environment, direct, values.shape(), type(values.type()));
  }

  /** A copy. */
  static HostTensor host(OnnxValue value) {
    if (!(value instanceof OnnxTensor tensor)) {
      throw new IllegalArgumentException("an output that is no tensor: " + value.getInfo());
    }
    long[] shape = tensor.getInfo().getShape();
    return switch (tensor.getInfo().type) {
      case FLOAT -> new HostTensor(DType.F32, shape, tensor.getByteBuffer()).copied();
      case DOUBLE -> new HostTensor(DType.F64, shape, tensor.getByteBuffer()).copied();
      case INT64 -> new HostTensor(DType.I64, shape, tensor.getByteBuffer()).copied();
      default -> throw new IllegalArgumentException("an output of " + tensor.getInfo());
    };
  }

  private static OnnxJavaType type(DType type) {
    return switch (type) {
      case F32 -> OnnxJavaType.FLOAT;
      case F64 -> OnnxJavaType.DOUBLE;
      case I64 -> OnnxJavaType.INT64;
      default -> throw new IllegalArgumentException("no input is of " + type);
    };
  }
}
