package org.trimtab.weights.onnx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;

/** What the nodes of an encoder's graph say of it: heads, activation, epsilon, positions. */
public final class OnnxFacts {
  private static final Set<String> PRODUCTS = Set.of("MatMul", "Gemm");
  private static final Set<String> AXES = Set.of("Unsqueeze", "Squeeze", "Reshape");

  /** What may stand between the queries and their heads. */
  private static final Set<String> SCALED = Set.of("Cast", "CastLike", "Identity", "Mul", "Div");

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
      for (OnnxGraph.Node reshape : reshapes(add.outputs().get(0))) {
        List<Long> shape = values(reshape.inputs().get(1));
        if (shape.size() == 4 && shape.get(2) > 0) {
          found.add((int) (long) shape.get(2));
        } else if (shape.size() == 4 && shape.get(3) > 0) {
          found.add((int) (hidden / shape.get(3)));
        }
      }
    }
    return only("heads", found);
  }

  /** The feed-forward's activation, as Hugging Face calls it. */
  public String activation() {
    Set<String> found = new TreeSet<>();
    for (OnnxGraph.Node add : taking("intermediate.dense.bias")) {
      String from = add.outputs().get(0);
      product(from).ifPresent(to -> found.add(activation(OnnxFunction.between(graph, from, to))));
    }
    return only("activation", found)
        .orElseThrow(() -> unknown("the activation of the feed-forward"));
  }

  private String activation(OnnxFunction.Found found) {
    return found
        .function()
        .flatMap(Activations::name)
        .orElseThrow(
            () ->
                new UserError(
                    origin
                        + ": the feed-forward's activation is made of the operators "
                        + found.operators()
                        + ", and is none that is known; allowed "
                        + String.join(", ", Activations.names())));
  }

  /** What is multiplied by a matrix of what is made of {@code output}. */
  private Optional<String> product(String output) {
    for (OnnxGraph.Node node : graph.readers(output)) {
      Optional<String> found =
          PRODUCTS.contains(node.operator())
              ? Optional.of(output)
              : node.outputs().stream().flatMap(next -> product(next).stream()).findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
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

  /** The number of a text's first row in the table of positions; none where it isn't said. */
  public Optional<Long> firstPosition() {
    OnnxPositions positions = new OnnxPositions(graph, origin);
    Set<Long> found = new TreeSet<>();
    for (OnnxGraph.Node lookup : taking("embeddings.position_embeddings.weight")) {
      if (lookup.operator().equals("Gather")) {
        positions.first(lookup).ifPresent(found::add);
      }
    }
    return only("first positions", found);
  }

  private List<OnnxGraph.Node> reshapes(String output) {
    List<OnnxGraph.Node> found = new ArrayList<>();
    for (OnnxGraph.Node node : graph.readers(output)) {
      if (node.operator().equals("Reshape")) {
        found.add(node);
      } else if (SCALED.contains(node.operator())) {
        found.addAll(reshapes(node.outputs().get(0)));
      }
    }
    return found;
  }

  /** The nodes that compute with the tensor called {@code name}. */
  private List<OnnxGraph.Node> taking(String name) {
    return graph.nodes().stream()
        .filter(node -> node.inputs().stream().anyMatch(in -> isCalled(in, name)))
        .flatMap(this::computing)
        .toList();
  }

  private Stream<OnnxGraph.Node> computing(OnnxGraph.Node node) {
    return OnnxGraph.TRANSPARENT.contains(node.operator())
        ? node.outputs().stream()
            .flatMap(out -> graph.readers(out).stream())
            .flatMap(this::computing)
        : Stream.of(node);
  }

  private static boolean isCalled(String input, String name) {
    return input.equals(name) || input.endsWith("." + name);
  }

  /** Whole numbers of a constant, or of what is put together of constants; -1 for unknown ones. */
  private List<Long> values(String name) {
    Optional<HostTensor> constant = graph.constant(name);
    if (constant.isPresent()) {
      return LongStream.of(constant.get().longs()).boxed().toList();
    }
    OnnxGraph.Node maker = graph.maker(name).orElse(null);
    if (maker != null && maker.operator().equals("Concat")) {
      return maker.inputs().stream().flatMap(input -> values(input).stream()).toList();
    }
    return maker != null && AXES.contains(maker.operator())
        ? values(maker.inputs().get(0))
        : List.of(-1L);
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
        .flatMap(in -> graph.scalar(in).stream())
        .findFirst();
  }

  private Optional<OnnxGraph.Node> maker(String output, String operator) {
    Optional<OnnxGraph.Node> maker = graph.maker(output);
    return maker.isPresent() && OnnxGraph.TRANSPARENT.contains(maker.get().operator())
        ? maker(maker.get().inputs().get(0), operator)
        : maker.filter(node -> node.operator().equals(operator));
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
