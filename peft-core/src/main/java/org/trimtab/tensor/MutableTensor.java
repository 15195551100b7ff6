package org.trimtab.tensor;

/**
 * A tensor outside of every graph, whose values change where they lie: what optimizers compute
 * with.
 *
 * <p>Operations named {@code ...InPlace} change this tensor and give it back; the others make a new
 * one. Shapes are alike.
 */
public interface MutableTensor {
  /** The same memory, to read. */
  Tensor tensor();

  MutableTensor add(MutableTensor other);

  MutableTensor mul(MutableTensor other);

  MutableTensor mul(double factor);

  MutableTensor div(MutableTensor other);

  /** Element-wise square root. */
  MutableTensor sqrt();

  MutableTensor addInPlace(MutableTensor other);

  MutableTensor addInPlace(double term);

  MutableTensor subInPlace(MutableTensor other);

  MutableTensor mulInPlace(MutableTensor other);

  MutableTensor mulInPlace(double factor);

  MutableTensor divInPlace(double divisor);

  /** The mean of all values. */
  double mean();
}
