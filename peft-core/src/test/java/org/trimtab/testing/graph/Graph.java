package org.trimtab.testing.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * What a forward pass did, in its order: inputs, constants, and operations on them.
 *
 * <p>Tensors of another backing that meet the graph's own become constants. One that was named
 * keeps its name; others were computed of constants alone, before the graph saw them, and are
 * {@code computed.0}, {@code computed.1} and so on.
 */
public final class Graph {
  private static final String COMPUTED = "computed.";
  private final Tensors other;
  private final IdentityHashMap<Tensor, String> names = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, GraphTensor> lifted = new IdentityHashMap<>();
  private final Map<Integer, Tensor> values = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<Node> nodes = new ArrayList<>();
  private int unnamed;

  /**
   * An empty graph.
   *
   * @param other the backing whose tensors become constants
   * @param named those of its tensors that have names, such as weights
   */
  public Graph(Tensors other, Map<String, Tensor> named) {
    this.other = other;
    named.forEach((name, tensor) -> names.put(tensor, name));
  }

  /** Numbers that each pass is given. */
  public Tensor input(String name, Shape shape) {
    return source(Operation.INPUT, name, shape);
  }

  /** Whole numbers that each pass is given, such as token ids. */
  public Tensor indexInput(String name, Shape shape) {
    return source(Operation.INDEX_INPUT, name, shape);
  }

  /** Every value, each after those that it is made of. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** The number of the node that {@code tensor} stands for. */
  public int number(Tensor tensor) {
    return own(tensor).number();
  }

  /** The other backing's tensor that became the constant {@code number}. */
  public Tensor constant(int number) {
    Tensor value = values.get(number);
    if (value == null) {
      throw new IllegalArgumentException(nodes.get(number) + " is no constant");
    }
    return value;
  }

  /** The names of all constants but the computed ones. */
  public List<String> constants() {
    return nodes.stream()
        .filter(node -> node.operation() == Operation.CONSTANT)
        .map(Node::name)
        .filter(name -> !name.startsWith(COMPUTED))
        .toList();
  }

  /** The constants that were computed of others before the graph saw them. */
  public List<Tensor> computed() {
    return IntStream.range(0, nodes.size())
        .filter(i -> nodes.get(i).name().startsWith(COMPUTED))
        .mapToObj(this::constant)
        .toList();
  }

  /** The operations that occur. */
  public Set<Operation> operations() {
    Set<Operation> used = EnumSet.noneOf(Operation.class);
    nodes.forEach(node -> used.add(node.operation()));
    return used;
  }

  /** {@code tensor} as one of this graph: itself, or a constant. */
  @SuppressWarnings("ReferenceEquality") // two graphs may have the same nodes
  GraphTensor own(Tensor tensor) {
    // Only a tensor itself knows its backing; that of this graph is the one that isn't lifted.
    if (!(tensor instanceof GraphTensor known)) {
      return lifted.computeIfAbsent(tensor, this::lift);
    }
    if (known.graph() != this) {
      throw new IllegalArgumentException("a tensor of another graph");
    }
    return known;
  }

  private GraphTensor lift(Tensor tensor) {
    String name = names.get(tensor);
    String known = name == null ? COMPUTED + unnamed++ : name;
    GraphTensor constant = source(Operation.CONSTANT, known, Shape.of(other.shape(tensor)));
    values.put(constant.number(), tensor);
    return constant;
  }

  private GraphTensor source(Operation operation, String name, Shape shape) {
    if (!taken.add(name)) {
      throw new IllegalArgumentException("a second '" + name + "'");
    }
    return add(new Node(operation, name, List.of(), List.of(), shape));
  }

  /** Appends {@code node}, whose operands are there. */
  GraphTensor add(Node node) {
    for (int i = 0; i < node.operands().size(); i++) {
      boolean whole = nodes.get(node.operands().get(i)).operation().whole();
      if (whole != node.operation().wantsWhole(i)) {
        throw new IllegalArgumentException(
            node + ": operand " + i + " must " + (whole ? "not " : "") + "be whole numbers");
      }
    }
    nodes.add(node);
    return new GraphTensor(this, nodes.size() - 1);
  }
}
