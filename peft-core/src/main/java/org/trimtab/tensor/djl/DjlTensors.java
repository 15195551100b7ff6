package org.trimtab.tensor.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.trimtab.base.Lazy;
import org.trimtab.engine.ComputeDevice;
import org.trimtab.engine.Hardware;
import org.trimtab.engine.NativeLibraries;
import org.trimtab.engine.Processor;
import org.trimtab.engine.Telemetry;
import org.trimtab.tensor.Gradients;
import org.trimtab.tensor.Kernel;
import org.trimtab.tensor.MutableTensor;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Script;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** Host values to and from DJL's PyTorch engine. */
public final class DjlTensors implements Tensors {
  private static final String ENGINE = "PyTorch";

  /** Of the engine's memory, in bytes. */
  private static final int ALIGNMENT = 64;

  private final NDManager manager;
  private final Precision precision;
  private final Lazy<Backward> backward = new Lazy<>(() -> new Backward(this));

  private DjlTensors(NDManager manager, Precision precision) {
    this.manager = manager;
    this.precision = precision;
  }

  /** Starts the engine, with its telemetry off, on the processor. */
  public static DjlTensors open(Precision precision) {
    return open(precision, ComputeDevice.CPU);
  }

  /**
   * Starts the engine, with its telemetry off.
   *
   * @throws org.trimtab.base.Invalid if it has no such {@code device}
   */
  public static DjlTensors open(Precision precision, ComputeDevice device) {
    start();
    ComputeDevice here = device.on(hardware());
    Device of = here.isAccelerator() ? Device.gpu(here.number()) : Device.cpu();
    return new DjlTensors(NDManager.newBaseManager(of, ENGINE), precision);
  }

  /** What the engine finds to compute with. */
  public static Hardware hardware() {
    return new Hardware(
        () -> {
          start();
          return Engine.getEngine(ENGINE).getGpuCount();
        },
        Processor.ofMachine());
  }

  private static void start() {
    Telemetry.switchOff();
    NativeLibraries.findFolder();
  }

  /** The engine's name, its version and that of the library that drives it. */
  public static EngineVersions versions() {
    start();
    Engine engine = Engine.getEngine(ENGINE);
    return new EngineVersions(engine.getEngineName(), engine.getVersion(), Engine.getDjlVersion());
  }

  @Override
  public Precision precision() {
    return precision;
  }

  @Override
  public Tensor of(float[] values, long... shape) {
    return precision == Precision.FP32
        ? of(DataType.FLOAT32, values.length, m -> m.asFloatBuffer().put(values), shape)
        : of(widen(values), shape);
  }

  @Override
  public Tensor of(double[] values, long... shape) {
    return precision == Precision.FP64
        ? of(DataType.FLOAT64, values.length, m -> m.asDoubleBuffer().put(values), shape)
        : of(narrow(values), shape);
  }

  @Override
  public Tensor of(long[] values, long... shape) {
    return of(DataType.INT64, values.length, m -> m.asLongBuffer().put(values), shape);
  }

  private Tensor of(DataType type, int length, Consumer<ByteBuffer> values, long... shape) {
    ByteBuffer memory = memory(Math.multiplyExact(length, type.getNumOfBytes()));
    values.accept(memory);
    return new DjlTensor(manager.create(memory, new Shape(shape), type));
  }

  /**
   * Aligned as the engine aligns its own: the last bits of a matrix product depend on it, and Java
   * promises none, so that one process would compute otherwise than the next.
   */
  private static ByteBuffer memory(int bytes) {
    return ByteBuffer.allocateDirect(Math.addExact(bytes, 2 * ALIGNMENT))
        .alignedSlice(ALIGNMENT)
        .slice(0, bytes)
        .order(ByteOrder.nativeOrder());
  }

  @Override
  public Tensor zeros(long... shape) {
    return new DjlTensor(manager.zeros(new Shape(shape), type()));
  }

  @Override
  public long[] shape(Tensor tensor) {
    return DjlTensor.nd(tensor).getShape().getShape().clone();
  }

  @Override
  public float[] floats(Tensor tensor) {
    NDArray nd = DjlTensor.nd(tensor);
    return nd.getDataType() == DataType.FLOAT32 ? nd.toFloatArray() : narrow(doubles(tensor));
  }

  @Override
  public double[] doubles(Tensor tensor) {
    NDArray nd = DjlTensor.nd(tensor);
    if (nd.getDataType() == DataType.FLOAT64) {
      return nd.toDoubleArray();
    }
    if (nd.getDataType() == DataType.INT64) {
      return Arrays.stream(nd.toLongArray()).asDoubleStream().toArray();
    }
    return widen(nd.toFloatArray());
  }

  @Override
  public <T> T freeing(Supplier<T> work) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return work.get();
    }
  }

  /** The engine has the switch for each thread, and on in new ones. */
  @Override
  public <T> T withoutGraph(Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      return freeing(work);
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  @Override
  public double[][] rows(Tensor table, long... indices) {
    double[] flat = freeing(() -> doubles(table.lookup(of(indices, 1, indices.length))));
    int width = (int) shape(table)[1];
    double[][] rows = new double[indices.length][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
    return rows;
  }

  @Override
  public void assign(Tensor tensor, double[] values) {
    NDArray nd = DjlTensor.nd(tensor);
    withoutGraph(
        () -> {
          NDArray source = DjlTensor.nd(of(values, nd.getShape().getShape()));
          nd.set(new NDIndex("..."), source); // copyTo prints a deprecation warning of libtorch
          return nd;
        });
  }

  @Override
  public MutableTensor mutable(Tensor tensor) {
    return new DjlMutableTensor(DjlTensor.nd(tensor));
  }

  @Override
  public Gradients gradients(List<Supplier<Tensor>> losses, Params params) {
    List<Param> all = List.copyOf(params.all());
    List<Tensor> values = all.stream().map(Param::value).toList();
    backward.get().mark(values);
    double sum = 0;
    List<Tensor> gradients = List.of();
    for (Supplier<Tensor> loss : losses) {
      try (NDArray made = inGraph(loss)) {
        sum += doubles(new DjlTensor(made))[0];
        if (!Double.isFinite(sum)) {
          return new Gradients(sum, List.of(), backward.get());
        }
        gradients = backward.get().add(gradients, new DjlTensor(made), values);
      }
    }
    List<Gradients.Gradient> each = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      each.add(new Gradients.Gradient(all.get(i), mutable(gradients.get(i))));
    }
    return new Gradients(sum, each, backward.get());
  }

  /**
   * What {@code loss} makes, to be closed. All else that it makes is freed here, so that the graph
   * alone keeps what it needs. The engine has the switch for each thread.
   */
  private static NDArray inGraph(Supplier<Tensor> loss) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(true);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray made = DjlTensor.nd(loss.get());
      NDScope.unregister(made);
      return made;
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  @Override
  public Kernel kernel(String body) {
    TorchScript script = TorchScript.of(manager, "Tensor", body);
    return (composed, operands) ->
        own(operands)
            .<Tensor>map(own -> new DjlTensor(script.run(own).singletonOrThrow()))
            .orElseGet(composed);
  }

  @Override
  public Kernel.Several kernelOfSeveral(String body) {
    TorchScript script = TorchScript.of(manager, "List[Tensor]", body);
    return (composed, operands) ->
        own(operands)
            .map(own -> script.run(own).stream().<Tensor>map(DjlTensor::new).toList())
            .orElseGet(composed);
  }

  /** Arrays of this engine; empty where an operand is of another backing. */
  private static Optional<NDList> own(List<Tensor> operands) {
    NDList own = new NDList(operands.size());
    for (Tensor operand : operands) {
      if (!(operand instanceof DjlTensor tensor)) {
        return Optional.empty(); // as in DjlTensor: only a tensor knows its backing
      }
      own.add(tensor.nd());
    }
    return Optional.of(own);
  }

  @Override
  public Script script(String body) {
    TorchScript script = TorchScript.of(manager, "List[Tensor]", body);
    return (operands, numbers) -> {
      boolean before = JniUtils.isGradMode();
      JniUtils.setGradMode(false); // else what trains could not change where it lies
      try (NDArray last = manager.create(numbers)) {
        NDList own = new NDList(operands.size() + 1);
        operands.forEach(operand -> own.add(DjlTensor.nd(operand)));
        own.add(last);
        return script.run(own).stream().<Tensor>map(DjlTensor::new).toList();
      } finally {
        JniUtils.setGradMode(before);
      }
    };
  }

  /** The engine's own, MKL's, use AVX-512 on processors of one vendor alone. */
  @Override
  public boolean prefersOneDnn() {
    return precision == Precision.FP32
        && !manager.getDevice().isGpu()
        && Processor.ofMachine().hasAvx512OfOthersThanIntel();
  }

  @Override
  public void seed(int seed) {
    Engine.getInstance().setRandomSeed(seed);
  }

  @Override
  public Tensors child() {
    return new DjlTensors(manager.newSubManager(), precision);
  }

  @Override
  public void close() {
    manager.close();
  }

  private DataType type() {
    return precision == Precision.FP32 ? DataType.FLOAT32 : DataType.FLOAT64;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
