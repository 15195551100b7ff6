package org.trimtab.experiments.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;

/** A graph that ONNX Runtime has loaded. Several threads may run it at once. */
final class Session implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  /**
   * Loads a graph.
   *
   * @param model the bytes of an ONNX file, in direct memory
   * @throws UserError if this machine has no ONNX Runtime, or that can't run the graph
   */
  Session(ByteBuffer model) {
    environment = environment();
    try (OrtSession.SessionOptions options = options()) {
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw refusal("ONNX Runtime can't run this model", e);
    }
  }

  private static OrtEnvironment environment() {
    try {
      OrtEnvironment environment =
          OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      environment.setTelemetry(false);
      return environment;
    } catch (LinkageError | OrtException e) {
      throw refusal("ONNX Runtime's native library can't be loaded", e);
    }
  }

  private static UserError refusal(String what, Throwable cause) {
    return new UserError(
        "--engine onnx: " + what + ": " + reason(cause) + "; allowed --engine pytorch", cause);
  }

  /** The innermost: an initializer's error has no message of its own. */
  private static String reason(Throwable cause) {
    return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
        .filter(each -> each.getMessage() != null)
        .reduce(cause, (outer, inner) -> inner)
        .toString();
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setIntraOpNumThreads(threads());
    // Threads that spin while they wait slow down whatever else runs on the machine.
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  /** As many as the other engine takes. */
  private static int threads() {
    String asked = System.getenv().getOrDefault("OMP_NUM_THREADS", "");
    return asked.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(asked)
        : Runtime.getRuntime().availableProcessors();
  }

  /** The names of what each run is given. */
  Set<String> inputs() {
    return session.getInputNames();
  }

  /** The outputs of one run, by name. */
  Map<String, HostTensor> run(Map<String, HostTensor> inputs) {
    List<OnnxTensor> open = new ArrayList<>();
    try {
      Map<String, OnnxTensor> given = new LinkedHashMap<>();
      for (Map.Entry<String, HostTensor> input : inputs.entrySet()) {
        OnnxTensor tensor = RuntimeTensors.of(environment, input.getValue());
        open.add(tensor);
        given.put(input.getKey(), tensor);
      }
      try (OrtSession.Result result = session.run(given)) {
        Map<String, HostTensor> outputs = new LinkedHashMap<>();
        result.forEach(
            output -> outputs.put(output.getKey(), RuntimeTensors.host(output.getValue())));
        return outputs;
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    } finally {
      open.forEach(OnnxTensor::close);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }
}
