package org.trimtab.testing.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The shapes that the port's operations give.
 *
 * <p>Each refuses shapes that its operation isn't defined for with an {@link
 * IllegalArgumentException} that names them.
 */
final class ShapeRules {
  private ShapeRules() {}

  /** Of element-wise operations: from the last axis on, lengths agree or one of them is 1. */
  static Shape broadcast(Shape a, Shape b) {
    List<Long> axes = new ArrayList<>();
    int rank = Math.max(a.rank(), b.rank());
    for (int back = rank; back > 0; back--) {
      long inA = back > a.rank() ? 1 : a.length(-back);
      long inB = back > b.rank() ? 1 : b.length(-back);
      require(inA == inB || inA == 1 || inB == 1, "one length an axis", a, b);
      axes.add(inA == 1 ? inB : inA);
    }
    return new Shape(axes);
  }

  /** (..., m, k) and (..., k, n) to (..., m, n). */
  static Shape matmul(Shape a, Shape b) {
    require(a.rank() >= 2 && b.rank() >= 2, "matrices", a, b);
    require(a.length(-1) == b.length(-2), "as many columns as rows", a, b);
    Shape outer = broadcast(a.part(0, a.rank() - 2), b.part(0, b.rank() - 2));
    return outer.then(Shape.of(a.length(-2), b.length(-1)));
  }

  /** (..., m, n) to (..., n, m). */
  static Shape t(Shape x) {
    require(x.rank() >= 2, "a matrix", x);
    return x.with(-1, x.length(-2)).with(-2, x.length(-1));
  }

  /** x (..., in) with W (out, in): (..., out). */
  static Shape linear(Shape x, Shape weight) {
    require(weight.rank() == 2 && x.rank() >= 1, "rows and a matrix", x, weight);
    require(x.length(-1) == weight.length(1), "(..., in) and (out, in)", x, weight);
    return x.with(-1, weight.length(0));
  }

  /** The same with b (out). */
  static Shape linear(Shape x, Shape weight, Shape bias) {
    Shape result = linear(x, weight);
    require(bias.equals(Shape.of(weight.length(0))), "(out, in) and (out)", weight, bias);
    return result;
  }

  /** x (..., n) with gain and bias (n). */
  static Shape layerNorm(Shape x, Shape gain, Shape bias) {
    require(x.rank() >= 1 && gain.equals(Shape.of(x.length(-1))), "(..., n) and (n)", x, gain);
    require(gain.equals(bias), "a gain and a bias of one shape", gain, bias);
    return x;
  }

  static Shape last(Shape x) {
    require(x.rank() >= 1, "an axis", x);
    return x;
  }

  static Shape sumAxis(Shape x, int axis) {
    require(axis >= 0 && axis < x.rank(), "an axis " + axis, x);
    return x.without(axis);
  }

  static Shape sequence(Shape x) {
    require(x.rank() >= 2, "(B, T, ...)", x);
    return x;
  }

  /** (B, T, H) with a mask (B, T) to (B, 1, H). */
  static Shape ofRows(Shape x, Shape mask) {
    require(x.rank() == 3 && mask.equals(x.part(0, 2)), "(B, T, H) and (B, T)", x, mask);
    return x.with(1, 1);
  }

  /** (B, T, H) to (B, h, T, d). */
  static Shape splitHeads(Shape x, int heads) {
    require(x.rank() == 3 && x.length(2) % heads == 0, "(B, T, " + heads + " d)", x);
    return Shape.of(x.length(0), heads, x.length(1), x.length(2) / heads);
  }

  /** (B, h, T, d) to (B, T, H). */
  static Shape mergeHeads(Shape x) {
    require(x.rank() == 4, "(B, h, T, d)", x);
    return Shape.of(x.length(0), x.length(2), x.length(1) * x.length(3));
  }

  /** Two that differ in {@code axis} alone, behind each other along it. */
  static Shape joined(Shape a, Shape b, int axis) {
    int at = axis < 0 ? a.rank() + axis : axis;
    require(a.rank() == b.rank() && at >= 0 && at < a.rank(), "axis " + axis + " in both", a, b);
    long length = a.length(at) + b.length(at);
    require(a.with(at, length).equals(b.with(at, length)), "one shape but for axis " + at, a, b);
    return a.with(at, length);
  }

  /** (B, T, ...) to (B, to - from, ...). */
  static Shape rows(Shape x, long from, long to) {
    boolean inside = x.rank() >= 2 && from >= 0 && from <= to && to <= x.length(1);
    require(inside, "rows " + from + " to " + to, x);
    return x.with(1, to - from);
  }

  static Shape columns(Shape x, long from, long to) {
    boolean inside = x.rank() >= 1 && from >= 0 && from <= to && to <= x.length(-1);
    require(inside, "columns " + from + " to " + to, x);
    return x.with(-1, to - from);
  }

  /** A table (N, H) and ids (B, T) to (B, T, H). */
  static Shape lookup(Shape table, Shape ids) {
    require(table.rank() == 2 && ids.rank() == 2, "(N, H) and (B, T)", table, ids);
    return ids.then(table.part(1, 2));
  }

  /** (..., n) and an index (..., m), whose other axes broadcast, to (..., m). */
  static Shape gather(Shape x, Shape index) {
    require(x.rank() >= 1 && index.rank() >= 1, "(..., n) and (..., m)", x, index);
    boolean fits = broadcast(x.with(-1, 1), index.with(-1, 1)).equals(x.with(-1, 1));
    require(fits, "(..., n) and (..., m), the same but for the last axis", x, index);
    return x.with(-1, index.length(-1));
  }

  /** A table (N, H) and (B, T, ...) to (1, T, H). */
  static Shape tableRows(Shape table, long from, Shape like) {
    require(table.rank() == 2 && like.rank() >= 2, "(N, H) and (B, T, ...)", table, like);
    boolean inside = from >= 0 && from + like.length(1) <= table.length(0);
    require(inside, "rows from " + from + " on for all of T", table, like);
    return Shape.of(1, like.length(1), table.length(1));
  }

  /** (P, H) and (B, ...) to (B, P, H). */
  static Shape batched(Shape x, Shape like) {
    return last(like).part(0, 1).then(x);
  }

  static Shape onesBeside(Shape x, int n) {
    return last(x).part(0, 1).then(Shape.of(n));
  }

  /** The axes asked for; a 0 keeps that axis, one -1 is inferred. */
  static Shape view(Shape x, long... asked) {
    long[] axes = asked.clone();
    long known = 1;
    int inferred = -1;
    for (int i = 0; i < axes.length; i++) {
      require(axes[i] != 0 || i < x.rank(), "an axis " + i + " to keep", x);
      axes[i] = axes[i] == 0 ? x.length(i) : axes[i];
      require(axes[i] != -1 || inferred < 0, "at most one axis to infer", x, Shape.of(asked));
      inferred = axes[i] == -1 ? i : inferred;
      known *= axes[i] == -1 ? 1 : axes[i];
    }
    if (inferred >= 0) {
      axes[inferred] = x.count() / known;
    }
    require(Shape.of(axes).count() == x.count(), "as many values", x, Shape.of(asked));
    return Shape.of(axes);
  }

  /** (B, T) to (B, 1, 1, T). */
  static Shape maskBias(Shape mask) {
    require(mask.rank() == 2, "(B, T)", mask);
    return Shape.of(mask.length(0), 1, 1, mask.length(1));
  }

  private static void require(boolean holds, String allowed, Shape... found) {
    if (!holds) {
      throw new IllegalArgumentException("found " + List.of(found) + "; allowed " + allowed);
    }
  }
}
