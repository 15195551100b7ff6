package org.trimtab.testing.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.trimtab.tensor.Tensor;

/** Computes a graph on the backing that its constants and inputs are of. */
public final class Replay {
  private final Graph graph;
  private final Map<String, Tensor> inputs;
  private final List<Tensor> values = new ArrayList<>();

  private Replay(Graph graph, Map<String, Tensor> inputs) {
    this.graph = graph;
    this.inputs = inputs;
  }

  /** Each node's value, in their order. */
  public static List<Tensor> of(Graph graph, Map<String, Tensor> inputs) {
    Replay replay = new Replay(graph, inputs);
    graph.nodes().forEach(node -> replay.values.add(replay.value(node)));
    return replay.values;
  }

  private Tensor value(Node node) {
    return switch (node.operation()) {
      case INPUT, INDEX_INPUT -> input(node.name());
      case CONSTANT -> graph.constant(values.size());
      default -> node.operands().size() == 1 ? ofOne(node, x(node)) : ofMore(node, x(node));
    };
  }

  private Tensor input(String name) {
    Tensor given = inputs.get(name);
    if (given == null) {
      throw new IllegalArgumentException("no input '" + name + "'; given " + inputs.keySet());
    }
    return given;
  }

  private Tensor x(Node node) {
    return values.get(node.operands().get(0));
  }

  private static Tensor ofOne(Node node, Tensor x) {
    return switch (node.operation()) {
      case MUL_NUMBER -> x.mul(number(node));
      case ADD_NUMBER -> x.add(number(node));
      case LOG -> x.log();
      case SQRT -> x.sqrt();
      case COS -> x.cos();
      case SIN -> x.sin();
      case T -> x.t();
      case RELU -> x.relu();
      case GELU -> x.gelu();
      case TANH -> x.tanh();
      case SIGMOID -> x.sigmoid();
      case SOFTMAX -> x.softmax();
      case LOG_SOFTMAX -> x.logSoftmax();
      case DROPOUT -> x.dropout(number(node));
      case MEAN -> x.mean();
      case SUM_LAST -> x.sumLast();
      case SUM_AXIS -> x.sumAxis((int) whole(node, 0));
      case CUMULATIVE_SUM -> x.cumulativeSum();
      case SPLIT_HEADS -> x.splitHeads((int) whole(node, 0));
      case MERGE_HEADS -> x.mergeHeads();
      case ROWS -> x.rows(whole(node, 0), whole(node, 1));
      case ROWS_FROM -> x.rowsFrom(whole(node, 0));
      case COLUMNS -> x.columns(whole(node, 0), whole(node, 1));
      case ONES_BESIDE -> x.onesBeside((int) whole(node, 0));
      case ZEROS_LIKE -> x.zerosLike();
      case AS_INDEX -> x.asIndex();
      case VIEW -> x.view(node.attributes().stream().mapToLong(Number::longValue).toArray());
      case MASK_BIAS -> x.maskBias();
      case DETACH -> x.detach();
      default -> throw new IllegalArgumentException(node + ": too few operands");
    };
  }

  private Tensor ofMore(Node node, Tensor x) {
    Tensor y = values.get(node.operands().get(1));
    return switch (node.operation()) {
      case ADD -> x.add(y);
      case SUB -> x.sub(y);
      case MUL -> x.mul(y);
      case DIV -> x.div(y);
      case MATMUL -> x.matmul(y);
      case LINEAR -> x.linear(y);
      case LINEAR_BIAS -> x.linear(y, values.get(node.operands().get(2)));
      case LAYER_NORM -> x.layerNorm(y, values.get(node.operands().get(2)), number(node));
      case MEAN_ROWS -> x.meanRows(y);
      case MAX_ROWS -> x.maxRows(y);
      case FOLLOWED_BY -> x.followedBy(y);
      case BESIDE -> x.beside(y);
      case LOOKUP -> x.lookup(y);
      case GATHER -> x.gather(y);
      case TABLE_ROWS -> x.tableRows(whole(node, 0), y);
      case BATCHED -> x.batched(y);
      default -> throw new IllegalArgumentException(node + ": too many operands");
    };
  }

  private static double number(Node node) {
    return node.attributes().get(0).doubleValue();
  }

  private static long whole(Node node, int attribute) {
    return node.attributes().get(attribute).longValue();
  }
}
