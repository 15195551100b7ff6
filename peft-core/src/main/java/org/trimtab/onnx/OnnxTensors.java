package org.trimtab.onnx;

import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.Gradients;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.MutableTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Script;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * Tensors that compute nothing: those made here are constants with host values, and what is done
 * with them is recorded as an ONNX graph.
 *
 * <p>Only constants have values to read, copy or {@linkplain #assign assign}; of all tensors the
 * lengths of axes are known that don't depend on a pass. Nothing trains here.
 */
public final class OnnxTensors implements Tensors {
  private final Graph graph = new Graph();
  private final Precision precision;
  private final Optional<Tensors> other;
  private final IdentityHashMap<Tensor, String> namesOfOthers = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, OnnxTensor> lifted = new IdentityHashMap<>();
  private final Set<String> quantized = new HashSet<>();

  /** For models that are built here. */
  public OnnxTensors(Precision precision) {
    this.precision = precision;
    other = Optional.empty();
  }

  /**
   * For a model that is built on another backing.
   *
   * @param other whose tensors become constants where they meet the graph's
   */
  public OnnxTensors(Tensors other) {
    precision = other.precision();
    this.other = Optional.of(other);
  }

  @Override
  public Precision precision() {
    return precision;
  }

  Graph graph() {
    return graph;
  }

  DType type() {
    return precision == Precision.FP64 ? DType.F64 : DType.F32;
  }

  /** Numbers or whole numbers that each pass is given. */
  Tensor input(String name, DType type, Axes axes) {
    return tensor(graph.input(name, type, axes));
  }

  /** Names a tensor of this or of the other backing, unless it has a name. */
  void name(Tensor tensor, String name) {
    if (isOwn(tensor)) {
      graph.name(own(tensor).number(), name);
    } else {
      namesOfOthers.putIfAbsent(tensor, name);
    }
  }

  /** Has the linear layers of this weight computed with whole numbers. */
  void quantize(String name) {
    quantized.add(name);
  }

  boolean isQuantized(int number) {
    return graph.nameOf(number).filter(quantized::contains).isPresent();
  }

  /** Makes an input of a constant of this backing; its values stay readable. */
  void open(Tensor constant) {
    graph.open(own(constant).number());
  }

  private OnnxTensor tensor(int number) {
    return new OnnxTensor(this, number);
  }

  private OnnxTensor constant(HostTensor host) {
    return tensor(graph.constant(host));
  }

  private static boolean isOwn(Tensor tensor) {
    return tensor instanceof OnnxTensor; // only a tensor itself knows its backing
  }

  /** {@code tensor} as one of this graph: itself, or a constant. */
  OnnxTensor own(Tensor tensor) {
    if (!(tensor instanceof OnnxTensor known)) {
      return lifted.computeIfAbsent(tensor, this::lift);
    }
    if (!known.tensors().equals(this)) {
      throw new IllegalArgumentException("a tensor of another graph");
    }
    return known;
  }

  private OnnxTensor lift(Tensor tensor) {
    Tensors backing =
        other.orElseThrow(
            () -> new IllegalArgumentException("a tensor of another backing; allowed none here"));
    OnnxTensor constant = constant(backing.host(tensor));
    Optional.ofNullable(namesOfOthers.get(tensor))
        .ifPresent(name -> graph.name(constant.number(), name));
    return constant;
  }

  @Override
  public Tensor of(float[] values, long... shape) {
    return constant(
        precision == Precision.FP32
            ? HostTensor.of(values, shape)
            : HostTensor.of(HostTensor.of(values, shape).doubles(), shape));
  }

  @Override
  public Tensor of(double[] values, long... shape) {
    return constant(host(values, shape));
  }

  private HostTensor host(double[] values, long... shape) {
    HostTensor wide = HostTensor.of(values, shape);
    return precision == Precision.FP64 ? wide : HostTensor.of(wide.floats(), shape);
  }

  @Override
  public Tensor of(long[] values, long... shape) {
    return constant(HostTensor.of(values, shape));
  }

  @Override
  public Tensor zeros(long... shape) {
    long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return of(new double[Math.toIntExact(size)], shape);
  }

  /**
   * The lengths of all axes.
   *
   * @throws IllegalArgumentException if a pass decides one
   */
  @Override
  public long[] shape(Tensor tensor) {
    return own(tensor).axes().lengths();
  }

  /**
   * The values of a constant.
   *
   * @throws IllegalArgumentException if it is none
   */
  @Override
  public HostTensor host(Tensor tensor) {
    return graph.host(own(tensor).number());
  }

  @Override
  public float[] floats(Tensor tensor) {
    return host(tensor).floats();
  }

  @Override
  public double[] doubles(Tensor tensor) {
    return host(tensor).doubles();
  }

  @Override
  public double[][] rows(Tensor table, long... indices) {
    HostTensor host = host(table);
    int width = Math.toIntExact(host.shape()[1]);
    int bytes = width * host.type().bytes();
    double[][] rows = new double[indices.length][];
    Arrays.setAll(
        rows,
        i -> {
          int from = Math.toIntExact(indices[i] * bytes);
          return new HostTensor(host.type(), new long[] {width}, host.data().slice(from, bytes))
              .doubles();
        });
    return rows;
  }

  @Override
  public void assign(Tensor tensor, double[] values) {
    OnnxTensor constant = own(tensor);
    long[] shape = constant.axes().lengths();
    if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != values.length) {
      throw new IllegalArgumentException(values.length + " values for " + constant.axes());
    }
    graph.assign(constant.number(), host(values, shape));
  }

  @Override
  public <T> T freeing(Supplier<T> work) {
    return work.get();
  }

  @Override
  public MutableTensor mutable(Tensor tensor) {
    throw nothingTrains();
  }

  @Override
  public Gradients gradients(List<Supplier<Tensor>> losses, Params params) {
    throw nothingTrains();
  }

  @Override
  public Script script(String body) {
    throw nothingTrains();
  }

  @Override
  public void seed(int seed) {
    throw nothingTrains();
  }

  private static UnsupportedOperationException nothingTrains() {
    return new UnsupportedOperationException("a graph is recorded here; nothing trains");
  }

  /** This: what is made for one graph belongs to it. */
  @Override
  public Tensors child() {
    return this;
  }

  /** Nothing is held but Java's memory. */
  @Override
  public void close() {}

  /** A number as a scalar constant. */
  int number(double value) {
    return graph.shared("number." + value, () -> host(new double[] {value}));
  }

  /** Whole numbers as a constant, such as a shape. */
  int wholes(long... values) {
    String name = "wholes." + Arrays.toString(values).replaceAll("[\\[\\] ]", "");
    return graph.shared(name, () -> HostTensor.of(values, values.length));
  }

  /** One value of {@code type}, as ONNX fills tensors with. */
  static HostTensor one(DType type, double value) {
    double[] values = {value};
    return switch (type) {
      case F64 -> HostTensor.of(values, 1);
      case I64 -> HostTensor.of(new long[] {(long) value}, 1);
      default -> HostTensor.of(new float[] {(float) value}, 1);
    };
  }
}
