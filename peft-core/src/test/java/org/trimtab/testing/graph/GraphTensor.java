package org.trimtab.testing.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.trimtab.tensor.Tensor;

/**
 * A value that a graph will have, and whose shape is known already.
 *
 * @param number that of its node
 */
record GraphTensor(Graph graph, int number) implements Tensor {
  Shape shape() {
    return graph.nodes().get(number).shape();
  }

  @Override
  public Tensor lift(Tensor other) {
    return graph.own(other);
  }

  /** The result of {@code operation} on this. */
  private Tensor put(Operation operation, Shape shape, Number... attributes) {
    return put(operation, shape, List.of(), attributes);
  }

  /** The result of {@code operation} on this and {@code others}. */
  private Tensor put(
      Operation operation, Shape shape, List<GraphTensor> others, Number... attributes) {
    List<Integer> operands = new ArrayList<>(List.of(number));
    others.forEach(other -> operands.add(other.number));
    return graph.add(new Node(operation, "", operands, List.of(attributes), shape));
  }

  /** The result of {@code operation} on this and {@code other}, whose shape is by {@code rule}. */
  private Tensor with(
      Tensor other, Operation operation, BinaryOperator<Shape> rule, Number... attributes) {
    GraphTensor own = graph.own(other);
    return put(operation, rule.apply(shape(), own.shape()), List.of(own), attributes);
  }

  @Override
  public Tensor add(Tensor other) {
    return with(other, Operation.ADD, ShapeRules::broadcast);
  }

  @Override
  public Tensor sub(Tensor other) {
    return with(other, Operation.SUB, ShapeRules::broadcast);
  }

  @Override
  public Tensor mul(Tensor other) {
    return with(other, Operation.MUL, ShapeRules::broadcast);
  }

  @Override
  public Tensor mul(double factor) {
    return put(Operation.MUL_NUMBER, shape(), factor);
  }

  @Override
  public Tensor add(double term) {
    return put(Operation.ADD_NUMBER, shape(), term);
  }

  @Override
  public Tensor div(Tensor other) {
    return with(other, Operation.DIV, ShapeRules::broadcast);
  }

  @Override
  public Tensor log() {
    return put(Operation.LOG, shape());
  }

  @Override
  public Tensor sqrt() {
    return put(Operation.SQRT, shape());
  }

  @Override
  public Tensor cos() {
    return put(Operation.COS, shape());
  }

  @Override
  public Tensor sin() {
    return put(Operation.SIN, shape());
  }

  @Override
  public Tensor matmul(Tensor other) {
    return with(other, Operation.MATMUL, ShapeRules::matmul);
  }

  @Override
  public Tensor t() {
    return put(Operation.T, ShapeRules.t(shape()));
  }

  @Override
  public Tensor linear(Tensor weight, Tensor bias) {
    GraphTensor w = graph.own(weight);
    GraphTensor b = graph.own(bias);
    Shape result = ShapeRules.linear(shape(), w.shape(), b.shape());
    return put(Operation.LINEAR_BIAS, result, List.of(w, b));
  }

  @Override
  public Tensor linear(Tensor weight) {
    return with(weight, Operation.LINEAR, ShapeRules::linear);
  }

  @Override
  public Tensor relu() {
    return put(Operation.RELU, shape());
  }

  @Override
  public Tensor gelu() {
    return put(Operation.GELU, shape());
  }

  @Override
  public Tensor tanh() {
    return put(Operation.TANH, shape());
  }

  @Override
  public Tensor sigmoid() {
    return put(Operation.SIGMOID, shape());
  }

  @Override
  public Tensor softmax() {
    return put(Operation.SOFTMAX, ShapeRules.last(shape()));
  }

  @Override
  public Tensor logSoftmax() {
    return put(Operation.LOG_SOFTMAX, ShapeRules.last(shape()));
  }

  @Override
  public Tensor layerNorm(Tensor gain, Tensor bias, double epsilon) {
    GraphTensor g = graph.own(gain);
    GraphTensor b = graph.own(bias);
    Shape result = ShapeRules.layerNorm(shape(), g.shape(), b.shape());
    return put(Operation.LAYER_NORM, result, List.of(g, b), epsilon);
  }

  @Override
  public Tensor dropout(double rate) {
    return put(Operation.DROPOUT, shape(), rate);
  }

  @Override
  public Tensor mean() {
    return put(Operation.MEAN, Shape.of());
  }

  @Override
  public Tensor sumLast() {
    return put(Operation.SUM_LAST, ShapeRules.last(shape()).with(-1, 1));
  }

  @Override
  public Tensor sumAxis(int axis) {
    return put(Operation.SUM_AXIS, ShapeRules.sumAxis(shape(), axis), axis);
  }

  @Override
  public Tensor cumulativeSum() {
    return put(Operation.CUMULATIVE_SUM, ShapeRules.sequence(shape()));
  }

  @Override
  public Tensor meanRows(Tensor mask) {
    return with(mask, Operation.MEAN_ROWS, ShapeRules::ofRows);
  }

  @Override
  public Tensor maxRows(Tensor mask) {
    return with(mask, Operation.MAX_ROWS, ShapeRules::ofRows);
  }

  @Override
  public Tensor splitHeads(int heads) {
    return put(Operation.SPLIT_HEADS, ShapeRules.splitHeads(shape(), heads), heads);
  }

  @Override
  public Tensor mergeHeads() {
    return put(Operation.MERGE_HEADS, ShapeRules.mergeHeads(shape()));
  }

  @Override
  public Tensor followedBy(Tensor next) {
    return with(next, Operation.FOLLOWED_BY, (a, b) -> ShapeRules.joined(a, b, 1));
  }

  @Override
  public Tensor beside(Tensor next) {
    return with(next, Operation.BESIDE, (a, b) -> ShapeRules.joined(a, b, -1));
  }

  @Override
  public Tensor rows(long from, long to) {
    return put(Operation.ROWS, ShapeRules.rows(shape(), from, to), from, to);
  }

  @Override
  public Tensor rowsFrom(long from) {
    Shape result = ShapeRules.rows(shape(), from, ShapeRules.sequence(shape()).length(1));
    return put(Operation.ROWS_FROM, result, from);
  }

  @Override
  public Tensor columns(long from, long to) {
    return put(Operation.COLUMNS, ShapeRules.columns(shape(), from, to), from, to);
  }

  @Override
  public Tensor lookup(Tensor ids) {
    return with(ids, Operation.LOOKUP, ShapeRules::lookup);
  }

  @Override
  public Tensor gather(Tensor index) {
    return with(index, Operation.GATHER, ShapeRules::gather);
  }

  @Override
  public Tensor tableRows(long from, Tensor like) {
    return with(
        like, Operation.TABLE_ROWS, (table, rows) -> ShapeRules.tableRows(table, from, rows), from);
  }

  @Override
  public Tensor batched(Tensor like) {
    return with(like, Operation.BATCHED, ShapeRules::batched);
  }

  @Override
  public Tensor onesBeside(int n) {
    return put(Operation.ONES_BESIDE, ShapeRules.onesBeside(shape(), n), n);
  }

  @Override
  public Tensor zerosLike() {
    return put(Operation.ZEROS_LIKE, shape());
  }

  @Override
  public Tensor asIndex() {
    return put(Operation.AS_INDEX, shape());
  }

  @Override
  public Tensor view(long... asked) {
    Number[] attributes = Arrays.stream(asked).boxed().toArray(Number[]::new);
    return put(Operation.VIEW, ShapeRules.view(shape(), asked), attributes);
  }

  @Override
  public Tensor maskBias() {
    return put(Operation.MASK_BIAS, ShapeRules.maskBias(shape()));
  }

  @Override
  public Tensor detach() {
    return put(Operation.DETACH, shape());
  }
}
