package org.trimtab.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.weights.onnx.OnnxProducer;
import org.trimtab.weights.onnx.OnnxTypes;

/**
 * A graph in ONNX's format (onnx.proto: ModelProto): into memory, or into a file, with the weights
 * beside it where they are too large for one. The same model gives the same bytes.
 */
public final class GraphFile {
  /** Whose operators are used. */
  public static final int OPSET = 20;

  private static final int IR_VERSION = 9;

  /** What a message of protocol buffers holds at most, with room for all that isn't weights. */
  private static final long LARGEST = Integer.MAX_VALUE - (64L << 20);

  /** Tensors below it stay in the file, so that shapes are known without the other one. */
  private static final int SMALL = 1024;

  /** Of tensors in a file of their own, so that they can be mapped. */
  private static final int ALIGNMENT = 4096;

  private final Graph graph;
  private final Set<Integer> outputs;
  private final Description description;

  /**
   * What a graph says of itself.
   *
   * @param version of this program
   * @param text for a reader
   * @param metadata keys and values for programs
   */
  public record Description(String version, String text, Map<String, String> metadata) {}

  public GraphFile(ModelGraph model, Description description) {
    this(model.graph(), model.outputs(), description);
  }

  GraphFile(Graph graph, Set<Integer> outputs, Description description) {
    this.graph = graph;
    this.outputs = outputs;
    this.description = description;
  }

  /**
   * The bytes of the model, in memory outside of Java's heap.
   *
   * @throws IllegalStateException if it is larger than a message can be
   */
  public ByteBuffer bytes() {
    List<Graph.Placed> nodes = graph.needed(outputs);
    Map<String, Graph.HostTensorSource> constants = graph.constants(nodes);
    Message message = message(nodes, inside(constants));
    if (message.size() > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "a model of " + message.size() + " bytes is too large for memory; allowed a file");
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect((int) message.size());
    message.writeTo(bytes::put);
    return bytes.flip();
  }

  /**
   * Writes {@code file}, replacing what is there; weights of more than 2 GiB go into {@code
   * file.data}, which is whole before the file is.
   *
   * @return whether {@link #data} belongs to it
   * @throws UserError if they can't be written
   */
  public boolean write(Path file) {
    return write(file, LARGEST);
  }

  /** Where the weights of {@code file} go that are too large for it. */
  public static Path data(Path file) {
    return file.resolveSibling(file.getFileName() + ".data");
  }

  /** The same with weights of more than {@code largest} bytes outside. */
  boolean write(Path file, long largest) {
    List<Graph.Placed> nodes = graph.needed(outputs);
    Map<String, Graph.HostTensorSource> constants = graph.constants(nodes);
    long all = constants.values().stream().mapToLong(Graph.HostTensorSource::bytes).sum();
    boolean apart = all > largest;
    Message message = message(nodes, apart ? outside(file, constants) : inside(constants));
    AtomicFile.write(file, channel -> message.writeTo(b -> AtomicFile.writeFully(channel, b)));
    return apart;
  }

  private static Map<String, Message> inside(Map<String, Graph.HostTensorSource> constants) {
    Map<String, Message> tensors = new LinkedHashMap<>();
    constants.forEach((name, constant) -> tensors.put(name, inside(name, constant)));
    return tensors;
  }

  private static Message inside(String name, Graph.HostTensorSource constant) {
    return header(name, constant)
        .later(9, constant.bytes(), () -> constant.host().get().data().rewind());
  }

  private static Message header(String name, Graph.HostTensorSource constant) {
    return TensorProto.header(name, constant.value().type(), constant.value().axes().lengths());
  }

  private static Map<String, Message> outside(
      Path file, Map<String, Graph.HostTensorSource> constants) {
    Path data = data(file);
    Map<String, Message> tensors = new LinkedHashMap<>();
    List<Graph.HostTensorSource> moved = new ArrayList<>();
    long end = 0;
    for (Map.Entry<String, Graph.HostTensorSource> entry : constants.entrySet()) {
      Graph.HostTensorSource constant = entry.getValue();
      if (constant.bytes() < SMALL) {
        tensors.put(entry.getKey(), inside(entry.getKey(), constant));
        continue;
      }
      long offset = aligned(end);
      Message header = header(entry.getKey(), constant);
      String name = String.valueOf(data.getFileName());
      tensors.put(entry.getKey(), TensorProto.outside(header, name, offset, constant.bytes()));
      moved.add(constant);
      end = offset + constant.bytes();
    }
    AtomicFile.write(data, channel -> write(moved, channel));
    return tensors;
  }

  private static long aligned(long offset) {
    return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static void write(List<Graph.HostTensorSource> tensors, FileChannel channel)
      throws IOException {
    for (Graph.HostTensorSource tensor : tensors) {
      channel.position(aligned(channel.position()));
      AtomicFile.writeFully(channel, tensor.host().get().data().rewind());
    }
  }

  private Message message(List<Graph.Placed> nodes, Map<String, Message> constants) {
    Message message =
        new Message()
            .number(1, IR_VERSION)
            .text(2, OnnxProducer.TRIMTAB)
            .text(3, description.version())
            .text(4, OnnxProducer.DOMAIN)
            .text(6, description.text())
            .message(7, graph(nodes, constants))
            .message(8, new Message().text(1, "").number(2, OPSET));
    description
        .metadata()
        .forEach((key, value) -> message.message(14, TensorProto.entry(key, value)));
    return message;
  }

  private Message graph(List<Graph.Placed> nodes, Map<String, Message> constants) {
    Message message = new Message();
    nodes.forEach(placed -> message.message(1, node(placed)));
    message.text(2, OnnxProducer.TRIMTAB);
    constants.values().forEach(tensor -> message.message(5, tensor));
    graph.inputs().forEach(number -> message.message(11, declared(number)));
    outputs.forEach(number -> message.message(12, declared(number)));
    return message;
  }

  private Message node(Graph.Placed placed) {
    Node node = placed.node();
    Message message = new Message();
    node.inputs().forEach(number -> message.text(1, name(number)));
    node.outputs().forEach(number -> message.text(2, name(number)));
    message.text(3, placed.name()).text(4, node.operator());
    node.attributes().forEach(attribute -> message.message(5, attribute));
    return message;
  }

  private String name(int number) {
    return graph.nameOf(number).orElseThrow();
  }

  /** A name with its type (ValueInfoProto). */
  private Message declared(int number) {
    Graph.Value value = graph.value(number);
    Message shape = new Message();
    value.axes().all().forEach(axis -> shape.message(1, length(axis)));
    Message tensor = new Message().number(1, OnnxTypes.code(value.type())).message(2, shape);
    return new Message().text(1, name(number)).message(2, new Message().message(1, tensor));
  }

  private static Message length(Axis axis) {
    if (axis.isFixed()) {
      return new Message().number(1, axis.length());
    }
    return axis.isKnown() ? new Message().text(2, axis.toString()) : new Message();
  }
}
