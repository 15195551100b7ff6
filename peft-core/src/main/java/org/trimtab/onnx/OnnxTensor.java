package org.trimtab.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trimtab.tensor.DType;
import org.trimtab.tensor.Tensor;

/**
 * A value of a graph.
 *
 * @param number which one
 */
record OnnxTensor(OnnxTensors tensors, int number) implements Tensor {
  /** Far below every real score, yet finite: a wholly masked row still has a softmax. */
  private static final double MASKED = -1e30;

  Axes axes() {
    return value().axes();
  }

  Graph.Value value() {
    return tensors.graph().value(number);
  }

  private OnnxTensor of(int other) {
    return new OnnxTensor(tensors, other);
  }

  private OnnxTensor own(Tensor other) {
    return tensors.own(other);
  }

  private OnnxTensor number(double value) {
    return of(tensors.number(value));
  }

  private OnnxTensor wholes(long... values) {
    return of(tensors.wholes(values));
  }

  /** What {@code operator} gives of this and others. */
  OnnxTensor put(Graph.Value given, String operator, List<OnnxTensor> more, Message... attributes) {
    List<Integer> read =
        Stream.concat(Stream.of(this), more.stream()).map(OnnxTensor::number).toList();
    return of(tensors.graph().put(operator, read, List.of(given), List.of(attributes)).get(0));
  }

  private OnnxTensor put(Axes axes, String operator, List<OnnxTensor> more, Message... attributes) {
    return put(new Graph.Value(value().type(), axes), operator, more, attributes);
  }

  private OnnxTensor put(String operator, Message... attributes) {
    return put(axes(), operator, List.of(), attributes);
  }

  /** An element-wise operation of two operands. */
  private OnnxTensor with(Tensor other, String operator) {
    OnnxTensor own = own(other);
    if (own.value().type() != value().type()) {
      throw new IllegalArgumentException(
          operator + " of " + value().type() + " and " + own.value().type());
    }
    return put(Axes.broadcast(axes(), own.axes()), operator, List.of(own));
  }

  OnnxTensor cast(DType type) {
    if (value().type() == type) {
      return this;
    }
    Message to = Attribute.integer("to", org.trimtab.weights.onnx.OnnxTypes.code(type));
    return put(new Graph.Value(type, axes()), "Cast", List.of(), to);
  }

  @Override
  public Tensor lift(Tensor other) {
    return own(other);
  }

  @Override
  public OnnxTensor add(Tensor other) {
    return with(other, "Add");
  }

  @Override
  public OnnxTensor sub(Tensor other) {
    return with(other, "Sub");
  }

  @Override
  public OnnxTensor mul(Tensor other) {
    return with(other, "Mul");
  }

  @Override
  public OnnxTensor mul(double factor) {
    return mul(number(factor));
  }

  @Override
  public OnnxTensor add(double term) {
    return add(number(term));
  }

  @Override
  public OnnxTensor div(Tensor other) {
    return with(other, "Div");
  }

  @Override
  public OnnxTensor log() {
    return put("Log");
  }

  @Override
  public OnnxTensor sqrt() {
    return put("Sqrt");
  }

  @Override
  public OnnxTensor matmul(Tensor other) {
    OnnxTensor own = own(other);
    return put(Axes.matmul(axes(), own.axes()), "MatMul", List.of(own));
  }

  @Override
  public OnnxTensor t() {
    int rank = axes().requireRank(2).rank();
    long[] order = IntStream.range(0, rank).asLongStream().toArray();
    order[rank - 1] = rank - 2L;
    order[rank - 2] = rank - 1L;
    return put(axes().t(), "Transpose", List.of(), Attribute.integers("perm", order));
  }

  @Override
  public OnnxTensor linear(Tensor weight, Tensor bias) {
    return linear(weight).add(bias);
  }

  @Override
  public OnnxTensor linear(Tensor weight) {
    return Linear.of(this, own(weight));
  }

  @Override
  public OnnxTensor relu() {
    return put("Relu");
  }

  /** ONNX Runtime has its kernels of this and of erf in single precision alone. */
  @Override
  public OnnxTensor gelu() {
    if (value().type() == DType.F32) {
      return put("Gelu");
    }
    OnnxTensor erf = mul(Math.sqrt(0.5)).cast(DType.F32).put("Erf").cast(value().type());
    return erf.add(1).mul(this).mul(0.5);
  }

  @Override
  public OnnxTensor tanh() {
    return put("Tanh");
  }

  @Override
  public OnnxTensor sigmoid() {
    return put("Sigmoid");
  }

  /** ONNX Runtime has its kernel of this in single precision alone. */
  @Override
  public OnnxTensor cos() {
    return value().type() == DType.F32 ? put("Cos") : add(Math.PI / 2).sin();
  }

  @Override
  public OnnxTensor sin() {
    return put("Sin");
  }

  @Override
  public OnnxTensor softmax() {
    axes().requireRank(1);
    return put("Softmax", Attribute.integer("axis", -1));
  }

  @Override
  public OnnxTensor logSoftmax() {
    axes().requireRank(1);
    return put("LogSoftmax", Attribute.integer("axis", -1));
  }

  @Override
  public OnnxTensor layerNorm(Tensor gain, Tensor bias, double epsilon) {
    return put(
        axes(),
        "LayerNormalization",
        List.of(own(gain), own(bias)),
        Attribute.integer("axis", -1),
        Attribute.real("epsilon", epsilon));
  }

  /** Refused: a graph is a pass without any. */
  @Override
  public Tensor dropout(double rate) {
    throw new UnsupportedOperationException("a graph is recorded here, which has no dropout");
  }

  @Override
  public OnnxTensor mean() {
    return put(Axes.of(new Axis[0]), "ReduceMean", List.of(), Attribute.integer("keepdims", 0));
  }

  @Override
  public OnnxTensor sumLast() {
    return reduced("ReduceSum", axes().requireRank(1).rank() - 1);
  }

  @Override
  public OnnxTensor sumAxis(int axis) {
    return put(
        axes().without(axis), "ReduceSum", List.of(wholes(axis)), Attribute.integer("keepdims", 0));
  }

  /** Over {@code axis}, which stays with length 1. */
  private OnnxTensor reduced(String operator, int axis) {
    return put(
        axes().with(axis, Axis.ONE),
        operator,
        List.of(wholes(axis)),
        Attribute.integer("keepdims", 1));
  }

  @Override
  public OnnxTensor cumulativeSum() {
    axes().requireRank(2);
    return put(axes(), "CumSum", List.of(wholes(1)));
  }

  @Override
  public OnnxTensor meanRows(Tensor mask) {
    OnnxTensor weights = own(mask).unsqueezed(1); // (B, 1, T)
    return weights.matmul(this).div(weights.sumLast());
  }

  @Override
  public OnnxTensor maxRows(Tensor mask) {
    return add(own(mask).unsqueezed(2).hidden()).reduced("ReduceMax", 1);
  }

  /** 0 for ones, and a large negative number for zeros. */
  private OnnxTensor hidden() {
    return add(-1).mul(-MASKED);
  }

  @Override
  public OnnxTensor maskBias() {
    Axes.require(axes().rank() == 2, "(B, T)", axes());
    return hidden().unsqueezed(1, 2);
  }

  /** With an axis of length 1 at each of {@code places}. */
  private OnnxTensor unsqueezed(long... places) {
    List<Axis> axes = new java.util.ArrayList<>(axes().all());
    Arrays.stream(places).forEach(place -> axes.add((int) place, Axis.ONE));
    return put(new Axes(axes), "Unsqueeze", List.of(wholes(places)));
  }

  @Override
  public OnnxTensor splitHeads(int heads) {
    Axes.require(axes().rank() == 3, "(B, T, H)", axes());
    long width = axes().get(2).isFixed() ? axes().get(2).length() / heads : -1;
    return view(0, 0, heads, width).swappedRowsAndHeads();
  }

  @Override
  public OnnxTensor mergeHeads() {
    Axes.require(axes().rank() == 4, "(B, h, T, d)", axes());
    OnnxTensor rows = swappedRowsAndHeads(); // (B, T, h, d)
    boolean fixed = axes().get(1).isFixed() && axes().get(3).isFixed();
    return rows.view(0, 0, fixed ? axes().get(1).length() * axes().get(3).length() : -1);
  }

  private OnnxTensor swappedRowsAndHeads() {
    Axes swapped = axes().with(1, axes().get(2)).with(2, axes().get(1));
    return put(swapped, "Transpose", List.of(), Attribute.integers("perm", 0, 2, 1, 3));
  }

  @Override
  public OnnxTensor followedBy(Tensor next) {
    return joined(next, 1);
  }

  @Override
  public OnnxTensor beside(Tensor next) {
    return joined(next, -1);
  }

  private OnnxTensor joined(Tensor next, int axis) {
    OnnxTensor own = own(next);
    Axes joined = Axes.joined(axes(), own.axes(), axis);
    return put(joined, "Concat", List.of(own), Attribute.integer("axis", axis));
  }

  @Override
  public OnnxTensor rows(long from, long to) {
    return sliced(axes().rows(from, to), from, to);
  }

  @Override
  public OnnxTensor rowsFrom(long from) {
    Axis rest = axes().requireRank(2).get(1).plus(Axis.fixed(-from));
    return sliced(axes().with(1, rest), from, Long.MAX_VALUE);
  }

  private OnnxTensor sliced(Axes axes, long from, long to) {
    return put(axes, "Slice", List.of(wholes(from), wholes(to), wholes(1)));
  }

  @Override
  public OnnxTensor columns(long from, long to) {
    int last = axes().requireRank(1).rank() - 1;
    Axes cut = axes().with(last, Axis.fixed(to - from));
    return put(cut, "Slice", List.of(wholes(from), wholes(to), wholes(last)));
  }

  @Override
  public OnnxTensor lookup(Tensor ids) {
    OnnxTensor own = own(ids);
    Axes.require(
        axes().rank() == 2 && own.axes().rank() == 2, "(N, H) and (B, T)", axes(), own.axes());
    Axes axes = Axes.of(own.axes().get(0), own.axes().get(1), axes().get(1));
    return put(axes, "Gather", List.of(own), Attribute.integer("axis", 0));
  }

  @Override
  public OnnxTensor gather(Tensor index) {
    OnnxTensor own = own(index);
    int last = axes().requireRank(1).rank() - 1;
    int rank = own.axes().requireRank(1).rank();
    Axes axes = axes().with(last, own.axes().get(rank - 1));
    OnnxTensor length = own.lengths(rank - 1, rank);
    OnnxTensor shape =
        last == 0
            ? length
            : lengths(0, last)
                .put(Axes.of(last + 1L), "Concat", List.of(length), Attribute.integer("axis", 0));
    OnnxTensor each = own.put(axes, "Expand", List.of(shape));
    return put(axes, "GatherElements", List.of(each), Attribute.integer("axis", last));
  }

  @Override
  public OnnxTensor tableRows(long from, Tensor like) {
    OnnxTensor length = own(like).lengths(1, 2);
    OnnxTensor to = from == 0 ? length : length.add(wholes(from));
    Axes axes = axes().with(0, own(like).axes().get(1));
    return put(axes, "Slice", List.of(wholes(from), to, wholes(0))).unsqueezed(0);
  }

  /** The lengths of some axes, as whole numbers. */
  private OnnxTensor lengths(int from, int to) {
    return put(
        new Graph.Value(DType.I64, Axes.of(to - from)),
        "Shape",
        List.of(),
        Attribute.integer("start", from),
        Attribute.integer("end", to));
  }

  @Override
  public OnnxTensor batched(Tensor like) {
    long[] ones = new long[axes().rank()];
    Arrays.fill(ones, 1);
    OnnxTensor shape =
        own(like)
            .lengths(0, 1)
            .put(
                Axes.of(ones.length + 1),
                "Concat",
                List.of(wholes(ones)),
                Attribute.integer("axis", 0));
    List<Axis> axes = new java.util.ArrayList<>(axes().all());
    axes.add(0, own(like).axes().get(0));
    return put(new Axes(axes), "Expand", List.of(shape));
  }

  @Override
  public OnnxTensor onesBeside(int n) {
    OnnxTensor shape =
        lengths(0, 1).put(Axes.of(2), "Concat", List.of(wholes(n)), Attribute.integer("axis", 0));
    return filled(shape, Axes.of(axes().get(0), Axis.fixed(n)), 1);
  }

  @Override
  public OnnxTensor zerosLike() {
    OnnxTensor shape = axes().areFixed() ? wholes(axes().lengths()) : lengths(0, axes().rank());
    return filled(shape, axes(), 0);
  }

  private OnnxTensor filled(OnnxTensor shape, Axes axes, double value) {
    Message tensor = TensorProto.of("", OnnxTensors.one(value().type(), value));
    return shape.put(
        new Graph.Value(value().type(), axes),
        "ConstantOfShape",
        List.of(),
        Attribute.tensor("value", tensor));
  }

  @Override
  public OnnxTensor asIndex() {
    return cast(DType.I64);
  }

  @Override
  public OnnxTensor view(long... shape) {
    return put(axes().view(shape), "Reshape", List.of(wholes(shape)));
  }

  /** This: a graph has no gradients. */
  @Override
  public OnnxTensor detach() {
    return this;
  }
}
