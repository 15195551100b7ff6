package org.trimtab.tensor.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.trimtab.tensor.Tensor;

/** A tensor that computes at once, on DJL's engine. */
public record DjlTensor(NDArray nd) implements Tensor {
  /** Far below every real score, yet finite: a wholly masked row still has a softmax. */
  private static final double MASKED = -1e30;

  /** The array behind {@code tensor}, which must be one of this engine's. */
  public static NDArray nd(Tensor tensor) {
    return ((DjlTensor) tensor).nd;
  }

  private static Tensor of(NDArray nd) {
    return new DjlTensor(nd);
  }

  /**
   * What {@code computed} gives; or {@code lifted} of this in the backing of the first of {@code
   * others} that isn't of this engine, such as a graph that is being recorded. A call finds its
   * method by the first operand alone, and only a tensor itself knows its backing: hence the one
   * look at a type.
   */
  private Tensor with(Supplier<NDArray> computed, UnaryOperator<Tensor> lifted, Tensor... others) {
    for (Tensor other : others) {
      if (!(other instanceof DjlTensor)) {
        return lifted.apply(other.lift(this));
      }
    }
    return of(computed.get());
  }

  @Override
  public Tensor add(Tensor other) {
    return with(() -> nd.add(nd(other)), x -> x.add(other), other);
  }

  @Override
  public Tensor sub(Tensor other) {
    return with(() -> nd.sub(nd(other)), x -> x.sub(other), other);
  }

  @Override
  public Tensor mul(Tensor other) {
    return with(() -> nd.mul(nd(other)), x -> x.mul(other), other);
  }

  /**
   * Torch keeps the factor for the backward pass. DJL's own {@code mul(Number)} frees the Java
   * buffer behind it at once, and whatever is written there next scales the gradient: hence a copy
   * in torch's memory, which lives as long as the graph does (docs/decisions/0003).
   */
  @Override
  public Tensor mul(double factor) {
    try (NDArray buffer = nd.getManager().create(factor);
        NDArray scalar = buffer.duplicate()) {
      return of(nd.mul(scalar));
    }
  }

  @Override
  public Tensor div(Tensor other) {
    return with(() -> nd.div(nd(other)), x -> x.div(other), other);
  }

  @Override
  public Tensor log() {
    return of(nd.log());
  }

  @Override
  public Tensor sqrt() {
    return of(nd.sqrt());
  }

  @Override
  public Tensor add(double term) {
    return of(nd.add(term));
  }

  @Override
  public Tensor matmul(Tensor other) {
    return with(() -> product(nd, nd(other)), x -> x.matmul(other), other);
  }

  /**
   * A matrix meets the rows of all others at once. Left to itself, torch does so only where the
   * matrix is marked for a gradient, else one by one where the others don't lie in one piece: the
   * last bits would tell whether this process has trained before (docs/decisions/0009).
   */
  private static NDArray product(NDArray left, NDArray right) {
    if (right.getShape().dimension() == 2) {
      return onRows(left, rows -> rows.matMul(right));
    }
    return left.getShape().dimension() == 2
        ? transposed(onRows(transposed(right), rows -> rows.matMul(transposed(left))))
        : left.matMul(right);
  }

  private static NDArray transposed(NDArray nd) {
    return nd.swapAxes(-1, -2);
  }

  /** What {@code map} gives of the rows along the last axis, whatever axes are before it. */
  private static NDArray onRows(NDArray nd, UnaryOperator<NDArray> map) {
    long[] shape = nd.getShape().getShape().clone();
    if (shape.length <= 2) {
      return map.apply(nd);
    }
    NDArray rows = map.apply(nd.reshape(-1, shape[shape.length - 1]));
    shape[shape.length - 1] = rows.getShape().get(1);
    return rows.reshape(shape);
  }

  @Override
  public Tensor t() {
    return of(transposed(nd));
  }

  @Override
  public Tensor linear(Tensor weight, Tensor bias) {
    return with(
        () -> onRows(nd, x -> Linear.linear(x, nd(weight), nd(bias)).singletonOrThrow()),
        x -> x.linear(weight, bias),
        weight,
        bias);
  }

  @Override
  public Tensor linear(Tensor weight) {
    return with(
        () -> onRows(nd, x -> Linear.linear(x, nd(weight)).singletonOrThrow()),
        x -> x.linear(weight),
        weight);
  }

  @Override
  public Tensor relu() {
    return of(Activation.relu(nd));
  }

  @Override
  public Tensor gelu() {
    return of(Activation.gelu(nd));
  }

  @Override
  public Tensor tanh() {
    return of(Activation.tanh(nd));
  }

  @Override
  public Tensor sigmoid() {
    return of(Activation.sigmoid(nd));
  }

  @Override
  public Tensor cos() {
    return of(nd.cos());
  }

  @Override
  public Tensor sin() {
    return of(nd.sin());
  }

  @Override
  public Tensor softmax() {
    return of(nd.softmax(-1));
  }

  @Override
  public Tensor logSoftmax() {
    return of(nd.logSoftmax(-1));
  }

  @Override
  public Tensor layerNorm(Tensor gain, Tensor bias, double epsilon) {
    Shape last = new Shape(size(-1));
    return with(
        () -> LayerNorm.layerNorm(nd, last, nd(gain), nd(bias), (float) epsilon).singletonOrThrow(),
        x -> x.layerNorm(gain, bias, epsilon),
        gain,
        bias);
  }

  @Override
  public Tensor dropout(double rate) {
    return of(Dropout.dropout(nd, (float) rate, true).singletonOrThrow());
  }

  @Override
  public Tensor mean() {
    return of(nd.mean());
  }

  @Override
  public Tensor sumLast() {
    return of(nd.sum(new int[] {-1}, true));
  }

  @Override
  public Tensor sumAxis(int axis) {
    return of(nd.sum(new int[] {axis}));
  }

  @Override
  public Tensor cumulativeSum() {
    return of(nd.cumSum(1));
  }

  @Override
  public Tensor meanRows(Tensor mask) {
    return with(() -> meanRows(nd(mask).expandDims(1)), x -> x.meanRows(mask), mask);
  }

  /** With weights (B, 1, T). */
  private NDArray meanRows(NDArray weights) {
    return weights.matMul(nd).div(weights.sum(new int[] {2}, true));
  }

  @Override
  public Tensor maxRows(Tensor mask) {
    return with(
        () -> maxRows(nd(mask).expandDims(2).sub(1).mul(-MASKED)), x -> x.maxRows(mask), mask);
  }

  /** With what hides rows (B, T, 1). */
  private NDArray maxRows(NDArray hidden) {
    return nd.add(hidden).max(new int[] {1}, true);
  }

  @Override
  public Tensor splitHeads(int heads) {
    Shape s = nd.getShape();
    return of(nd.reshape(s.get(0), s.get(1), heads, s.get(2) / heads).transpose(0, 2, 1, 3));
  }

  @Override
  public Tensor mergeHeads() {
    Shape s = nd.getShape();
    return of(nd.transpose(0, 2, 1, 3).reshape(s.get(0), s.get(2), s.get(1) * s.get(3)));
  }

  @Override
  public Tensor followedBy(Tensor next) {
    return with(() -> joined(nd(next), 1), x -> x.followedBy(next), next);
  }

  /** All at once: one after the other, the first rows would be copied once for each. */
  @Override
  public Tensor followedBy(List<Tensor> next) {
    return with(
        () -> concat(new NDList(next.stream().map(DjlTensor::nd).toList()), 1),
        x -> x.followedBy(next),
        next.toArray(Tensor[]::new));
  }

  @Override
  public Tensor beside(Tensor next) {
    return with(() -> joined(nd(next), -1), x -> x.beside(next), next);
  }

  private NDArray joined(NDArray next, int axis) {
    return concat(new NDList(next), axis);
  }

  private NDArray concat(NDList next, int axis) {
    return nd.getNDArrayInternal().concat(next, axis);
  }

  @Override
  public Tensor rows(long from, long to) {
    return of(nd.get(new NDIndex().addAllDim().addSliceDim(from, to)));
  }

  @Override
  public Tensor rowsFrom(long from) {
    return rows(from, size(1));
  }

  @Override
  public Tensor columns(long from, long to) {
    return of(nd.get(new NDIndex().addEllipseDim().addSliceDim(from, to)));
  }

  @Override
  public Tensor lookup(Tensor ids) {
    return with(
        () -> Embedding.embedding(nd(ids), nd, SparseFormat.DENSE).singletonOrThrow(),
        table -> table.lookup(ids),
        ids);
  }

  @Override
  public Tensor gather(Tensor index) {
    return with(() -> gathered(nd(index)), x -> x.gather(index), index);
  }

  /** An index that is the same along an axis takes no memory for it. */
  private NDArray gathered(NDArray index) {
    long[] shape = nd.getShape().getShape().clone();
    shape[shape.length - 1] = index.getShape().get(index.getShape().dimension() - 1);
    return nd.gather(index.broadcast(new Shape(shape)), shape.length - 1);
  }

  @Override
  public Tensor tableRows(long from, Tensor like) {
    return with(
        () -> tableRows(from, from + nd(like).getShape().get(1)),
        table -> table.tableRows(from, like),
        like);
  }

  private NDArray tableRows(long from, long to) {
    if (to > size(0)) {
      throw new IllegalArgumentException(to + " rows, but the table has " + size(0));
    }
    return nd.get(new NDIndex().addSliceDim(from, to)).expandDims(0);
  }

  @Override
  public Tensor batched(Tensor like) {
    return with(() -> batched(nd(like).getShape().get(0)), x -> x.batched(like), like);
  }

  private NDArray batched(long count) {
    return nd.expandDims(0).broadcast(new Shape(count).addAll(nd.getShape()));
  }

  @Override
  public Tensor onesBeside(int n) {
    return of(nd.getManager().ones(new Shape(size(0), n), nd.getDataType()));
  }

  @Override
  public Tensor zerosLike() {
    return of(nd.zerosLike());
  }

  @Override
  public Tensor asIndex() {
    return of(nd.toType(DataType.INT64, false));
  }

  @Override
  public Tensor view(long... shape) {
    long[] s = shape.clone();
    for (int i = 0; i < s.length; i++) {
      if (s[i] == 0) {
        s[i] = size(i);
      }
    }
    return of(nd.reshape(s));
  }

  @Override
  public Tensor maskBias() {
    return of(nd.sub(1).mul(-MASKED).expandDims(1).expandDims(1));
  }

  @Override
  public Tensor detach() {
    return of(nd.stopGradient());
  }

  private long size(int axis) {
    Shape shape = nd.getShape();
    return shape.get(axis < 0 ? shape.dimension() + axis : axis);
  }
}
