package org.trimtab.tensor;

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

  /** Copies of the rows of {@code table} (N, H) at {@code indices}. */
  double[][] rows(Tensor table, long... indices);

  /** Replaces the values of {@code tensor} in place; the number of values must agree. */
  void assign(Tensor tensor, double[] values);

  /** Frees every tensor that was made here and outlived its scope. */
  @Override
  void close();
}
