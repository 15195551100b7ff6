package org.trimtab.tensor;

import java.util.List;

/**
 * The few tensor operations that backbones, methods and heads are written in.
 *
 * <p>Shapes use B batch, T rows, P prompt rows, H hidden, h heads, d = H / h, N rows of a table.
 * Element-wise operations broadcast. Nothing here changes a tensor: each operation gives a new one.
 *
 * <p>A tensor of the computing backing may meet one of another backing, such as a weight and the
 * token ids of a graph that is being recorded: the result is of the other one ({@link #lift}).
 */
public interface Tensor {
  Tensor add(Tensor other);

  Tensor sub(Tensor other);

  Tensor mul(Tensor other);

  Tensor mul(double factor);

  Tensor add(double term);

  Tensor div(Tensor other);

  /** Element-wise natural logarithm. */
  Tensor log();

  /** Element-wise square root. */
  Tensor sqrt();

  /** Matrix product over the last two axes. */
  Tensor matmul(Tensor other);

  /** Swaps the last two axes. */
  Tensor t();

  /** x Wᵀ + b with W (out, in) as PyTorch stores it, b (out): (..., in) to (..., out). */
  Tensor linear(Tensor weight, Tensor bias);

  /** x Wᵀ. */
  Tensor linear(Tensor weight);

  Tensor relu();

  /** The exact, erf form. */
  Tensor gelu();

  Tensor tanh();

  Tensor sigmoid();

  /** x σ(x), also called swish. */
  default Tensor silu() {
    return mul(sigmoid());
  }

  /** Element-wise cosine of radians. */
  Tensor cos();

  /** Element-wise sine of radians. */
  Tensor sin();

  /** Softmax over the last axis. */
  Tensor softmax();

  /** Logarithm of the softmax over the last axis. */
  Tensor logSoftmax();

  /** Normalises the last axis to mean 0 and variance 1, then scales and shifts it. */
  Tensor layerNorm(Tensor gain, Tensor bias, double epsilon);

  /** Zeroes each value with probability {@code rate} and scales the others by 1 / (1 - rate). */
  Tensor dropout(double rate);

  /** The mean of all values, a scalar. */
  Tensor mean();

  /** Sum over the last axis, which is kept with length 1. */
  Tensor sumLast();

  /** Sum over {@code axis}, which goes. */
  Tensor sumAxis(int axis);

  /** Running sum over axis 1. */
  Tensor cumulativeSum();

  /** Mean over the rows whose mask is one: (B, T, H) with mask (B, T) to (B, 1, H). */
  Tensor meanRows(Tensor mask);

  /** Maximum over the rows whose mask is one: (B, T, H) with mask (B, T) to (B, 1, H). */
  Tensor maxRows(Tensor mask);

  /** (B, T, H) to (B, h, T, d). */
  Tensor splitHeads(int heads);

  /** (B, h, T, d) to (B, T, H). */
  Tensor mergeHeads();

  /** Puts {@code next} behind this along axis 1. */
  Tensor followedBy(Tensor next);

  /** Puts {@code next}, in their order, behind this along axis 1. */
  default Tensor followedBy(List<Tensor> next) {
    return next.stream().reduce(this, Tensor::followedBy);
  }

  /** Puts {@code next} beside this along the last axis. */
  Tensor beside(Tensor next);

  /** Rows {@code from} (inclusive) to {@code to} (exclusive) of axis 1. */
  Tensor rows(long from, long to);

  /** All rows of axis 1 from {@code from} on. */
  Tensor rowsFrom(long from);

  /** The values from {@code from} (inclusive) to {@code to} (exclusive) of the last axis. */
  Tensor columns(long from, long to);

  /** Rows of this table (N, H) at {@code ids} (B, T): (B, T, H). */
  Tensor lookup(Tensor ids);

  /**
   * The values of the last axis at {@code index}: (..., n) with whole numbers (..., m), whose other
   * axes broadcast to this one's, to (..., m).
   */
  Tensor gather(Tensor index);

  /** Rows of this table (N, H) from {@code from}, as many as {@code like} has: (1, T, H). */
  Tensor tableRows(long from, Tensor like);

  /** Repeats this (P, H) for each example of {@code like} (B, ...): (B, P, H). */
  Tensor batched(Tensor like);

  /** A (B, n) of ones with the B of this. */
  Tensor onesBeside(int n);

  /** Zeros (B, T, H) of this tensor's own shape. */
  Tensor zerosLike();

  /** As whole numbers, to index a table. */
  Tensor asIndex();

  /** Reshape; a 0 keeps that axis, one -1 is inferred. */
  Tensor view(long... shape);

  /** (B, T) of ones and zeros to the additive (B, 1, 1, T): 0, and a large negative number. */
  Tensor maskBias();

  /** The same values, through which no gradient flows. */
  Tensor detach();

  /**
   * {@code other} as a tensor of this one's backing, so that both can be operands of one operation.
   * The computing backing goes over to any other one, and takes no tensors of others.
   *
   * @throws IllegalArgumentException if this backing has no use for the other
   */
  default Tensor lift(Tensor other) {
    throw new IllegalArgumentException("this backing takes no tensors of others");
  }
}
