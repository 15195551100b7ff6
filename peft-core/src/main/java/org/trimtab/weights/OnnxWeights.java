package org.trimtab.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;

/**
 * The weights of a BERT exported to ONNX.
 *
 * <p>Embeddings, norms and biases keep their names there; the dense matrices are anonymous and
 * transposed. The Add that takes the bias {@code X.bias} has as its other input the MatMul with the
 * matrix of {@code X.weight}, which gives the matrices their names back.
 */
public final class OnnxWeights implements WeightSource {
  private static final String BIAS = ".bias";
  private final String origin;
  private final Map<String, HostTensor> tensors;
  private final List<String> transposed;

  private OnnxWeights(String origin, Map<String, HostTensor> tensors, List<String> transposed) {
    this.origin = origin;
    this.tensors = tensors;
    this.transposed = transposed;
  }

  /**
   * Reads a file, which is mapped into memory.
   *
   * @throws UserError if it is missing or no ONNX file
   */
  public static OnnxWeights open(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()), file.toString());
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  /** Reads a stream to its end; {@code origin} names it in messages. */
  public static OnnxWeights read(InputStream in, String origin) {
    try {
      return of(ByteBuffer.wrap(in.readAllBytes()), origin);
    } catch (IOException e) {
      throw FileErrors.unreadable(origin, e);
    }
  }

  private static OnnxWeights of(ByteBuffer model, String origin) {
    OnnxGraph graph;
    try {
      graph = OnnxGraph.parse(model.order(ByteOrder.LITTLE_ENDIAN));
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new UserError(origin + ": truncated or no ONNX file: " + reason(e), e);
    }
    if (graph.nodes().isEmpty()) {
      throw new UserError(origin + ": no ONNX file: it holds no graph");
    }
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    graph
        .initializers()
        .forEach(
            (name, tensor) -> {
              if (!name.startsWith("onnx::")) {
                tensors.put(name, tensor);
              }
            });
    List<String> transposed = new ArrayList<>();
    matrices(graph)
        .forEach(
            (name, tensor) -> {
              tensors.put(name, tensor);
              transposed.add(name);
            });
    return new OnnxWeights(origin, tensors, transposed);
  }

  private static Map<String, HostTensor> matrices(OnnxGraph graph) {
    Map<String, HostTensor> byOutput = new LinkedHashMap<>();
    Map<String, HostTensor> matrices = new LinkedHashMap<>();
    for (OnnxGraph.Node node : graph.nodes()) {
      if (node.operator().equals("MatMul") && node.inputs().size() == 2) {
        HostTensor matrix = graph.initializers().get(node.inputs().get(1));
        if (matrix != null) {
          byOutput.put(node.outputs().get(0), matrix);
        }
      } else if (node.operator().equals("Add") && node.inputs().size() == 2) {
        named(node, 0, byOutput, matrices);
        named(node, 1, byOutput, matrices);
      }
    }
    return matrices;
  }

  /** Names the matrix whose product is added to the bias at {@code index} of the Add's inputs. */
  private static void named(
      OnnxGraph.Node add,
      int index,
      Map<String, HostTensor> byOutput,
      Map<String, HostTensor> matrices) {
    String bias = add.inputs().get(index);
    HostTensor matrix = byOutput.get(add.inputs().get(1 - index));
    if (matrix != null && bias.endsWith(BIAS)) {
      String module = bias.substring(0, bias.length() - BIAS.length());
      matrices.put(module + ".weight", matrix);
    }
  }

  private static String reason(RuntimeException e) {
    return e.getMessage() == null ? "it ends early" : e.getMessage();
  }

  @Override
  public String origin() {
    return origin;
  }

  @Override
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  @Override
  public HostTensor tensor(String name) {
    HostTensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new UserError(origin + ": the model has no tensor '" + name + "'");
    }
    return transposed.contains(name) ? tensor.transposed() : tensor;
  }

  /** Mapped memory is freed by the garbage collector. */
  @Override
  public void close() {
    tensors.clear();
  }
}
