package org.trimtab.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The lengths of a tensor's axes, the slowest first, as far as they are known before a pass.
 *
 * <p>Each operation's rule refuses what can't fit with an {@link IllegalArgumentException} that
 * names the axes; what only a pass can tell is left to it.
 */
record Axes(List<Axis> all) {
  static Axes of(long... lengths) {
    return new Axes(LongStream.of(lengths).mapToObj(Axis::fixed).toList());
  }

  static Axes of(Axis... axes) {
    return new Axes(List.of(axes));
  }

  int rank() {
    return all.size();
  }

  /** That of {@code axis}, from the end where it is negative. */
  Axis get(int axis) {
    return all.get(axis < 0 ? rank() + axis : axis);
  }

  boolean areFixed() {
    return all.stream().allMatch(Axis::isFixed);
  }

  /** All lengths, which must be fixed. */
  long[] lengths() {
    if (!areFixed()) {
      throw new IllegalArgumentException("only a pass tells all axes of " + this);
    }
    return all.stream().mapToLong(Axis::length).toArray();
  }

  Axes with(int axis, Axis length) {
    List<Axis> changed = new ArrayList<>(all);
    changed.set(axis < 0 ? rank() + axis : axis, length);
    return new Axes(changed);
  }

  Axes without(int axis) {
    require(axis >= 0 && axis < rank(), "an axis " + axis, this);
    List<Axis> changed = new ArrayList<>(all);
    changed.remove(axis);
    return new Axes(changed);
  }

  Axes requireRank(int least) {
    require(rank() >= least, least + " axes or more", this);
    return this;
  }

  /** Of element-wise operations: from the last axis on, lengths agree or one of them is 1. */
  static Axes broadcast(Axes a, Axes b) {
    List<Axis> axes = new ArrayList<>();
    int rank = Math.max(a.rank(), b.rank());
    for (int back = rank; back > 0; back--) {
      Axis inA = back > a.rank() ? Axis.ONE : a.get(-back);
      Axis inB = back > b.rank() ? Axis.ONE : b.get(-back);
      require(fits(inA, inB) || inA.equals(Axis.ONE) || inB.equals(Axis.ONE), "one length", a, b);
      axes.add(inA.equals(Axis.ONE) || (inB.isFixed() && !inB.equals(Axis.ONE)) ? inB : inA);
    }
    return new Axes(axes);
  }

  /** (..., m, k) and (..., k, n) to (..., m, n). */
  static Axes matmul(Axes a, Axes b) {
    require(a.rank() >= 2 && b.rank() >= 2, "matrices", a, b);
    require(fits(a.get(-1), b.get(-2)), "as many columns as rows", a, b);
    List<Axis> axes = new ArrayList<>(broadcast(a.part(a.rank() - 2), b.part(b.rank() - 2)).all());
    axes.add(a.get(-2));
    axes.add(b.get(-1));
    return new Axes(axes);
  }

  private Axes part(int to) {
    return new Axes(all.subList(0, to));
  }

  /** (..., m, n) to (..., n, m). */
  Axes t() {
    requireRank(2);
    return with(-1, get(-2)).with(-2, get(-1));
  }

  /** x (..., in) with W (out, in): (..., out). */
  static Axes linear(Axes x, Axes weight) {
    require(weight.rank() == 2 && x.rank() >= 2, "rows and a matrix", x, weight);
    require(fits(x.get(-1), weight.get(1)), "(..., in) and (out, in)", x, weight);
    return x.with(-1, weight.get(0));
  }

  /** Two behind each other along {@code axis}. */
  static Axes joined(Axes a, Axes b, int axis) {
    require(a.rank() == b.rank() && a.rank() >= 2, "as many axes", a, b);
    int at = axis < 0 ? a.rank() + axis : axis;
    for (int i = 0; i < a.rank(); i++) {
      require(i == at || fits(a.get(i), b.get(i)), "one shape but for axis " + at, a, b);
    }
    return a.with(at, a.get(at).plus(b.get(at)));
  }

  /** (B, T, ...) to (B, to - from, ...). */
  Axes rows(long from, long to) {
    requireRank(2);
    boolean inside = from >= 0 && from <= to && (!get(1).isFixed() || to <= get(1).length());
    require(inside, "rows " + from + " to " + to, this);
    return with(1, Axis.fixed(to - from));
  }

  /** The axes asked for; a 0 keeps that axis, one -1 is inferred. */
  Axes view(long... asked) {
    List<Axis> axes = new ArrayList<>();
    List<Axis> open = new ArrayList<>(all.stream().filter(axis -> !axis.isFixed()).toList());
    long left =
        all.stream().filter(Axis::isFixed).mapToLong(Axis::length).reduce(1, (a, b) -> a * b);
    int inferred = -1;
    for (int i = 0; i < asked.length; i++) {
      require(asked[i] != 0 || i < rank(), "an axis " + i + " to keep", this);
      require(asked[i] != -1 || inferred < 0, "at most one axis to infer", this);
      inferred = asked[i] == -1 ? i : inferred;
      Axis axis = asked[i] == 0 ? get(i) : Axis.fixed(asked[i] == -1 ? 1 : asked[i]);
      boolean kept = axis.isFixed() ? left % axis.length() == 0 : open.remove(axis);
      require(kept || !open.isEmpty(), "as many values as in " + Arrays.toString(asked), this);
      left = axis.isFixed() ? left / axis.length() : left;
      axes.add(axis);
    }
    if (inferred >= 0) {
      axes.set(inferred, inferred(open, left));
    } else {
      require(!open.isEmpty() || left == 1, "as many values as " + Arrays.toString(asked), this);
    }
    return new Axes(axes);
  }

  private static Axis inferred(List<Axis> open, long left) {
    if (open.isEmpty()) {
      return Axis.fixed(left);
    }
    return open.size() == 1 && left == 1 ? open.get(0) : Axis.UNKNOWN;
  }

  private static boolean fits(Axis a, Axis b) {
    return !a.isFixed() || !b.isFixed() || a.equals(b);
  }

  static void require(boolean holds, String allowed, Axes... found) {
    if (!holds) {
      throw new IllegalArgumentException("found " + Arrays.asList(found) + "; allowed " + allowed);
    }
  }

  @Override
  public String toString() {
    return all.toString().replace('[', '(').replace(']', ')');
  }
}
