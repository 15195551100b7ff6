package org.trimtab.tensor;

import java.util.List;
import java.util.function.Supplier;

/** Makes tensors of host values in one precision, and reads them back. */
public interface Tensors extends AutoCloseable {
  Precision precision();

  /** A tensor of {@code values}, row-major, in this precision. */
  Tensor of(float[] values, long... shape);

  /** A tensor of {@code values}, row-major, rounded to this precision. */
  Tensor of(double[] values, long... shape);

  /** Whole numbers, such as token ids. */
  Tensor of(long[] values, long... shape);

  Tensor zeros(long... shape);

  long[] shape(Tensor tensor);

  float[] floats(Tensor tensor);

  double[] doubles(Tensor tensor);

  /** Does {@code work}, and frees every tensor that it makes. */
  <T> T freeing(Supplier<T> work);

  /** As {@link #freeing(Supplier)}, for work that gives nothing. */
  default void freeing(Runnable work) {
    freeing(
        () -> {
          work.run();
          return true;
        });
  }

  /**
   * As {@link #freeing(Supplier)}, with no graph for gradients, even of parameters that train and
   * in whatever thread: else all that a pass makes is held until its end.
   */
  default <T> T withoutGraph(Supplier<T> work) {
    return freeing(work);
  }

  /** Copies of the rows of {@code table} (N, H) at {@code indices}. */
  double[][] rows(Tensor table, long... indices);

  /** Replaces the values of {@code tensor} in place; the number of values must agree. */
  void assign(Tensor tensor, double[] values);

  /** The values of {@code tensor} in this precision, copied. */
  default HostTensor host(Tensor tensor) {
    return precision() == Precision.FP64
        ? HostTensor.of(doubles(tensor), shape(tensor))
        : HostTensor.of(floats(tensor), shape(tensor));
  }

  /** Replaces the values of {@code tensor} in place; the number of values must agree. */
  default void assign(Tensor tensor, HostTensor values) {
    assign(tensor, values.doubles());
  }

  /** The memory of {@code tensor}, to be changed outside of every graph. */
  MutableTensor mutable(Tensor tensor);

  /**
   * Runs {@code losses} forward and backward, one after the other, and sums the gradients; what a
   * pass makes is freed before the next one.
   *
   * <p>The first sum that isn't finite ends it. The gradients share no memory with each other, and
   * are to be freed (see {@link #freeing(Supplier)}).
   *
   * @param losses each makes a scalar
   * @param params those whose gradients are asked for
   */
  Gradients gradients(List<Supplier<Tensor>> losses, Params params);

  /**
   * A function of {@code xs}, a list of tensors, that is computed at once; where this backing has
   * no use for its text, the operations that it stands for.
   *
   * @param body statements of TorchScript as archives hold them, a line each, indented by four; the
   *     last one returns a tensor
   */
  default Kernel kernel(String body) {
    return Kernel.COMPOSED;
  }

  /**
   * A function of {@code xs}, a list of tensors, outside of every graph.
   *
   * @param body as that of {@link #kernel}, but that it returns a list of tensors; {@code xs[-1]}
   *     holds the numbers
   */
  Script script(String body);

  /** As {@link #kernel}, of statements of which the last one returns a list of tensors. */
  default Kernel.Several kernelOfSeveral(String body) {
    return (composed, operands) -> composed.get();
  }

  /**
   * Whether products of oneDNN, which kernels can call, are faster here than the engine's own: the
   * same sums in another order.
   */
  default boolean prefersOneDnn() {
    return false;
  }

  /** Seeds what is drawn within operations, such as dropout. */
  void seed(int seed);

  /** A maker of tensors like this one; what is made there is freed with it, or with this. */
  Tensors child();

  /** Frees every tensor that was made here and outlived its scope. */
  @Override
  void close();
}
