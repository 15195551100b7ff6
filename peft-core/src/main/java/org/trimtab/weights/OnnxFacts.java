package org.trimtab.weights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;

/** What the nodes of an encoder's graph say of it: heads, activation, epsilon, positions. */
public final class OnnxFacts {
  private static final Set<String> TRANSPARENT = Set.of("Cast", "Identity");
  private final OnnxGraph graph;
  private final String origin;

  OnnxFacts(OnnxGraph graph, String origin) {
    this.graph = graph;
    this.origin = origin;
  }

  /** The heads into which queries of width {@code hidden} are split; none where it isn't said. */
  public Optional<Integer> heads(int hidden) {
    Set<Integer> found = new TreeSet<>();
    for (OnnxGraph.Node add : taking("attention.self.query.bias")) {
      for (OnnxGraph.Node reshape : graph.readers(add.outputs().get(0))) {
        if (reshape.operator().equals("Reshape")) {
          List<Long> shape = values(reshape.inputs().get(1));
          if (shape.size() == 4 && shape.get(2) > 0) {
            found.add((int) (long) shape.get(2));
          } else if (shape.size() == 4 && shape.get(3) > 0) {
            found.add((int) (hidden / shape.get(3)));
          }
        }
      }
    }
    return only("heads", found);
  }

  /** The feed-forward's activation, as Hugging Face calls it. */
  public String activation() {
    Set<String> found = new TreeSet<>();
    for (OnnxGraph.Node add : taking("intermediate.dense.bias")) {
      List<OnnxGraph.Node> between = new ArrayList<>();
      collect(add.outputs().get(0), between);
      found.add(activation(between));
    }
    return only("activation", found)
        .orElseThrow(() -> unknown("the activation of the feed-forward"));
  }

  /** The epsilon of the norms. */
  public double epsilon() {
    Set<Double> found = new TreeSet<>();
    for (String gain : List.of("LayerNorm.weight", "LayerNorm.gamma")) {
      for (OnnxGraph.Node node : taking(gain)) {
        found.add(epsilon(node).orElseThrow(() -> unknown("the epsilon of " + node.inputs())));
      }
    }
    return only("epsilon", found).orElseThrow(() -> unknown("the epsilon of the norms"));
  }

  /** The id that RoBERTa counts its positions from; none for positions from 0 on. */
  public Optional<Integer> padding() {
    if (graph.nodes().stream().noneMatch(node -> node.operator().equals("CumSum"))) {
      Optional<Long> first = firstPosition();
      if (first.isPresent() && first.get() != 0) {
        return Optional.of((int) (first.get() - 1));
      }
      return Optional.empty();
    }
    Set<Integer> found = new TreeSet<>();
    for (OnnxGraph.Node node : graph.nodes()) {
      if (node.operator().equals("Equal")) {
        node.inputs().forEach(in -> scalar(in).ifPresent(v -> found.add((int) (double) v)));
      }
    }
    return Optional.of(
        only("id of padding", found).orElseThrow(() -> unknown("the id of padding")));
  }

  /** Whether the positions are known to be counted from 0 or from padding. */
  public boolean saysPositions() {
    return padding().isPresent() || firstPosition().isPresent();
  }

  /** The first of the constant numbers that the rows of the table of positions are looked up by. */
  private Optional<Long> firstPosition() {
    for (OnnxGraph.Node gather : taking("embeddings.position_embeddings.weight")) {
      String at = gather.inputs().get(gather.inputs().size() - 1);
      for (int hop = 0; hop < 8; hop++) {
        HostTensor table = graph.initializers().get(at);
        if (table != null) {
          return table.size() > 0 ? Optional.of(table.longs()[0]) : Optional.empty();
        }
        Optional<OnnxGraph.Node> maker = graph.maker(at);
        if (maker.isEmpty() || maker.get().inputs().isEmpty()) {
          break;
        }
        at = maker.get().inputs().get(0);
      }
    }
    return Optional.empty();
  }

  private List<OnnxGraph.Node> taking(String name) {
    return graph.nodes().stream()
        .filter(node -> node.inputs().stream().anyMatch(in -> isCalled(in, name)))
        .toList();
  }

  private static boolean isCalled(String input, String name) {
    return input.equals(name) || input.endsWith("." + name);
  }

  /** Whole numbers of a constant, or of what is put together of constants; -1 for unknown ones. */
  private List<Long> values(String name) {
    HostTensor constant = graph.initializers().get(name);
    List<Long> values = new ArrayList<>();
    if (constant != null) {
      for (long value : constant.longs()) {
        values.add(value);
      }
      return values;
    }
    Optional<OnnxGraph.Node> maker = graph.maker(name);
    if (maker.isEmpty() || !maker.get().operator().equals("Concat")) {
      return List.of(-1L);
    }
    maker.get().inputs().forEach(input -> values.addAll(values(input)));
    return values;
  }

  private void collect(String output, List<OnnxGraph.Node> between) {
    for (OnnxGraph.Node node : graph.readers(output)) {
      if (!node.operator().equals("MatMul") && !between.contains(node)) {
        if (!TRANSPARENT.contains(node.operator())) {
          between.add(node);
        }
        node.outputs().forEach(next -> collect(next, between));
      }
    }
  }

  private String activation(List<OnnxGraph.Node> nodes) {
    List<String> operators = nodes.stream().map(OnnxGraph.Node::operator).sorted().toList();
    Set<String> kinds = new LinkedHashSet<>(operators);
    if (kinds.equals(Set.of("Relu"))) {
      return "relu";
    }
    if (kinds.equals(Set.of("Gelu"))) {
      String approximate = nodes.get(0).texts().getOrDefault("approximate", "none");
      return approximate.equals("tanh") ? "gelu_new" : "gelu";
    }
    if (operators.equals(List.of("Mul", "Sigmoid"))) {
      return "silu";
    }
    if (kinds.contains("Erf") && Set.of("Add", "Div", "Erf", "Mul").containsAll(kinds)) {
      return "gelu";
    }
    if (kinds.contains("Tanh") && Set.of("Add", "Mul", "Pow", "Tanh").containsAll(kinds)) {
      return "gelu_new";
    }
    throw new UserError(
        origin
            + ": the feed-forward's activation is made of the operators "
            + kinds
            + "; allowed those of gelu, gelu_new, relu, silu");
  }

  private Optional<Double> epsilon(OnnxGraph.Node node) {
    if (node.operator().equals("LayerNormalization")) {
      return Optional.of(node.numbers().getOrDefault("epsilon", 1e-5));
    }
    return node.inputs().stream()
        .flatMap(in -> maker(in, "Div").stream())
        .flatMap(div -> maker(div.inputs().get(1), "Sqrt").stream())
        .flatMap(sqrt -> maker(sqrt.inputs().get(0), "Add").stream())
        .flatMap(add -> add.inputs().stream())
        .flatMap(in -> scalar(in).stream())
        .findFirst();
  }

  private Optional<OnnxGraph.Node> maker(String output, String operator) {
    Optional<OnnxGraph.Node> maker = graph.maker(output);
    return maker.isPresent() && TRANSPARENT.contains(maker.get().operator())
        ? maker(maker.get().inputs().get(0), operator)
        : maker.filter(node -> node.operator().equals(operator));
  }

  private Optional<Double> scalar(String name) {
    HostTensor constant = graph.initializers().get(name);
    return constant == null || constant.size() != 1
        ? Optional.empty()
        : Optional.of(OnnxGraph.decimal((float) constant.doubles()[0]));
  }

  private <T> Optional<T> only(String what, Collection<T> found) {
    if (found.size() > 1) {
      throw new UserError(origin + ": the graph's " + what + " differ: found " + found);
    }
    return found.stream().findFirst();
  }

  private UserError unknown(String what) {
    return new UserError(origin + ": the graph doesn't say " + what);
  }
}
