package org.trimtab.testing.graph;

import java.util.List;

/**
 * One value of a graph.
 *
 * @param name of what comes from outside; empty for what an operation gives
 * @param operands the numbers of the values that it is made of, in the port's order
 * @param attributes the operation's numbers, in the port's order
 */
public record Node(
    Operation operation,
    String name,
    List<Integer> operands,
    List<? extends Number> attributes,
    Shape shape) {
  /** Such as {@code 7 = LINEAR(3, 5) (4, 7, 16)}, but for its number. */
  @Override
  public String toString() {
    List<Object> all = new java.util.ArrayList<>(operands);
    if (!name.isEmpty()) {
      all.add(name);
    }
    all.addAll(attributes);
    return operation + all.toString().replace('[', '(').replace(']', ')') + " " + shape;
  }
}
