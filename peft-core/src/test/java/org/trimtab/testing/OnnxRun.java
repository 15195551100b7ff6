package org.trimtab.testing;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.HostTensor;

/** ONNX Runtime with a graph in it. */
public final class OnnxRun implements AutoCloseable {
  private final OrtSession session;

  private OnnxRun(OrtSession session) {
    this.session = session;
  }

  /** Makes a session of options. */
  @FunctionalInterface
  private interface Maker {
    OrtSession of(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  public static OnnxRun of(ByteBuffer model) {
    return of((environment, options) -> environment.createSession(model, options));
  }

  public static OnnxRun of(Path file) {
    return of((environment, options) -> environment.createSession(file.toString(), options));
  }

  private static OnnxRun of(Maker maker) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      return new OnnxRun(maker.of(OrtEnvironment.getEnvironment(), options));
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every output's values by its name. */
  public Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, HostTensor> input : inputs.entrySet()) {
        given.put(input.getKey(), tensor(input.getValue()));
      }
      try (OrtSession.Result result = session.run(given)) {
        Map<String, HostTensor> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
          outputs.put(output.getKey(), host((OnnxTensor) output.getValue()));
        }
        return outputs;
      }
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
  }

  private static OnnxTensor tensor(HostTensor values) throws OrtException {
    ByteBuffer data =
        ByteBuffer.allocateDirect(values.data().remaining()).order(ByteOrder.nativeOrder());
    data.put(values.data()).flip();
    OnnxJavaType type =
        switch (values.type()) {
          case F32 -> OnnxJavaType.FLOAT;
          case F64 -> OnnxJavaType.DOUBLE;
          case I64 -> OnnxJavaType.INT64;
          default -> throw new IllegalArgumentException("" + values.type());
        };
    return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), data, values.shape(), type);
  }

  private static HostTensor host(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    DType type = info.type == OnnxJavaType.DOUBLE ? DType.F64 : DType.F32;
    return new HostTensor(type, info.getShape(), tensor.getByteBuffer()).copied();
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}
