package org.trimtab.weights.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.WeightNames;
import org.trimtab.weights.WeightSource;

/**
 * The weights of a BERT exported to ONNX.
 *
 * <p>Embeddings, norms and biases keep their names there; the dense matrices are anonymous and
 * transposed. The Add that takes the bias {@code X.bias} has as its other input the MatMul with the
 * matrix of {@code X.weight}, which gives the matrices their names back.
 */
public final class OnnxWeights implements WeightSource {
  private static final String BIAS = ".bias";
  private static final String ANONYMOUS = "onnx::";
  private static final Pattern QUANTIZED =
      Pattern.compile("Integer|[Qq]uantize|QLinear|QAttention|QGemm|NBits|Bnb4|QEmbed");

  /** Operators of a runtime that fuse nothing but an activation. */
  private static final Set<String> ACTIVATIONS = Set.of("Gelu", "FastGelu");

  private final String origin;
  private final Map<String, HostTensor> tensors;
  private final List<String> transposed;
  private final OnnxGraph graph;
  private final OnnxTensors files;

  private OnnxWeights(
      OnnxTensors files,
      OnnxGraph graph,
      Map<String, HostTensor> tensors,
      List<String> transposed) {
    this.origin = files.origin();
    this.files = files;
    this.graph = graph;
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
      Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
      return of(
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()),
          new OnnxTensors(Optional.of(folder), file.toString()));
    } catch (IOException e) {
      throw FileErrors.unreadable(file, e);
    }
  }

  /** Reads a stream to its end; {@code origin} names it in messages. */
  public static OnnxWeights read(InputStream in, String origin) {
    try {
      return read(in.readAllBytes(), origin);
    } catch (IOException e) {
      throw FileErrors.unreadable(origin, e);
    }
  }

  /** Reads a file's bytes, of which the tensors are views; {@code origin} names it in messages. */
  public static OnnxWeights read(byte[] model, String origin) {
    return of(ByteBuffer.wrap(model), new OnnxTensors(Optional.empty(), origin));
  }

  private static OnnxWeights of(ByteBuffer model, OnnxTensors files) {
    String origin = files.origin();
    OnnxGraph graph;
    try {
      graph = OnnxGraph.parse(model.order(ByteOrder.LITTLE_ENDIAN), files);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new UserError(origin + ": truncated or no ONNX file: " + reason(e), e);
    }
    if (graph.nodes().isEmpty()) {
      throw new UserError(origin + ": no ONNX file: it holds no graph");
    }
    requirePlain(graph, origin);
    WeightNames names = WeightNames.of(graph.initializers().keySet(), origin);
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    graph
        .initializers()
        .forEach(
            (name, tensor) -> {
              if (!name.startsWith(ANONYMOUS)) {
                tensors.put(names.canonical(name), tensor);
              }
            });
    Map<String, HostTensor> matrices = matrices(graph, names, tensors, origin);
    tensors.putAll(matrices);
    return new OnnxWeights(files, graph, tensors, List.copyOf(matrices.keySet()));
  }

  /** Refuses operators that hide the weights, or what is computed of them. */
  private static void requirePlain(OnnxGraph graph, String origin) {
    for (OnnxGraph.Node node : graph.nodes()) {
      if (QUANTIZED.matcher(node.operator()).find()) {
        throw new UserError(
            origin
                + ": a quantized model: found the operator "
                + node.operator()
                + "; allowed weights as floating-point numbers");
      }
      if (!node.domain().isEmpty() && !ACTIVATIONS.contains(node.operator())) {
        throw new UserError(
            origin
                + ": found the operator "
                + node.domain()
                + "."
                + node.operator()
                + "; allowed ONNX's own, as exporters write them: a graph before its nodes were"
                + " fused for a runtime");
      }
    }
  }

  private static Map<String, HostTensor> matrices(
      OnnxGraph graph, WeightNames names, Map<String, HostTensor> named, String origin) {
    Map<String, HostTensor> byOutput = new LinkedHashMap<>();
    Map<String, HostTensor> matrices = new LinkedHashMap<>();
    for (OnnxGraph.Node node : graph.nodes()) {
      if (node.operator().equals("MatMul") && node.inputs().size() == 2) {
        HostTensor matrix = graph.initializers().get(node.inputs().get(1));
        if (matrix != null) {
          byOutput.put(node.outputs().get(0), matrix);
        }
      } else if (node.operator().equals("Add") && node.inputs().size() == 2) {
        for (int bias = 0; bias < 2; bias++) {
          HostTensor matrix = byOutput.get(node.inputs().get(1 - bias));
          String name = names.canonical(node.inputs().get(bias));
          if (matrix != null && name.endsWith(BIAS)) {
            String weight = name.substring(0, name.length() - BIAS.length()) + ".weight";
            requireSame(matrix, named.get(weight), origin, name);
            requireSame(matrix, matrices.put(weight, matrix), origin, name);
          }
        }
      }
    }
    return matrices;
  }

  @SuppressWarnings("ReferenceEquality") // one tensor of the file, not one of equal values
  private static void requireSame(
      HostTensor matrix, @Nullable HostTensor other, String origin, String bias) {
    if (other != null && other != matrix) {
      throw new UserError(
          origin
              + ": tensor '"
              + bias
              + "' is added behind several matrices: exporters write biases of equal values once,"
              + " and the others' names are lost; allowed biases that differ, or an export that"
              + " keeps their names, as torch.onnx.export does with dynamo=False");
    }
  }

  /** What the graph says of the model besides its tensors. */
  public OnnxFacts facts() {
    return new OnnxFacts(graph, origin);
  }

  /** The files beside the model's own that hold some of its tensors. */
  public List<Path> externalFiles() {
    return List.copyOf(files.files());
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
      throw nameless()
          .map(found -> lost(name, found))
          .orElseGet(() -> WeightNames.missing(origin, name, tensors.keySet()));
    }
    return transposed.contains(name) ? tensor.transposed() : tensor;
  }

  /** A bias that an exporter gave a name of its own. */
  private Optional<String> nameless() {
    return graph.nodes().stream()
        .filter(node -> node.operator().equals("Add"))
        .flatMap(node -> node.inputs().stream())
        .filter(in -> in.startsWith(ANONYMOUS) && rank(graph.initializers().get(in)) == 1)
        .findFirst();
  }

  private static int rank(@Nullable HostTensor tensor) {
    return tensor == null ? 0 : tensor.shape().length;
  }

  private UserError lost(String name, String found) {
    return new UserError(
        origin
            + ": the model has no tensor '"
            + name
            + "': the export took its biases' names away; found '"
            + found
            + "'; allowed an export with do_constant_folding=False, which keeps them");
  }

  /** Mapped memory is freed by the garbage collector. */
  @Override
  public void close() {
    tensors.clear();
  }
}
