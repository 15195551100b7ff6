package org.trimtab.testing.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The lengths of a tensor's axes, the slowest first; none for a scalar. */
public record Shape(List<Long> axes) {
  public Shape {
    axes = List.copyOf(axes);
  }

  public static Shape of(long... axes) {
    return new Shape(Arrays.stream(axes).boxed().toList());
  }

  public int rank() {
    return axes.size();
  }

  /** The length of {@code axis}; -1 is the last one. */
  public long length(int axis) {
    return axes.get(index(axis));
  }

  /** The number of values. */
  public long count() {
    return axes.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
  }

  public long[] toArray() {
    return axes.stream().mapToLong(Long::longValue).toArray();
  }

  /** This with {@code length} at {@code axis}; -1 is the last one. */
  Shape with(int axis, long length) {
    List<Long> changed = new ArrayList<>(axes);
    changed.set(index(axis), length);
    return new Shape(changed);
  }

  Shape without(int axis) {
    List<Long> fewer = new ArrayList<>(axes);
    fewer.remove(index(axis));
    return new Shape(fewer);
  }

  /** The axes {@code from} (inclusive) to {@code to} (exclusive). */
  Shape part(int from, int to) {
    return new Shape(axes.subList(from, to));
  }

  /** The axes of this, then those of {@code inner}. */
  Shape then(Shape inner) {
    List<Long> all = new ArrayList<>(axes);
    all.addAll(inner.axes);
    return new Shape(all);
  }

  private int index(int axis) {
    return axis < 0 ? axes.size() + axis : axis;
  }

  @Override
  public String toString() {
    return axes.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
  }
}
