package org.trimtab.transformer;

import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.tensor.Tensor;

/**
 * One pass, or several at once: what is computed row by row need not know of which pass a row is;
 * what is contributed, and attention, meet each pass's own rows.
 */
interface Passes {
  Pass.StackDropout dropout();

  /** Of a single pass (B, 1, 1, T), added to the scores of keys: hides padding. */
  Optional<Tensor> bias();

  /** The rows that enter {@code layer}, x, with those that join there. */
  Running joined(int layer, Tensor x);

  /** The passes one by one, with their own rows of x. */
  List<Pass.Single> each(Tensor x);

  /** Whether anything is contributed at {@code point}, or looked at. */
  boolean visits(int layer, Point point);

  /** {@code out} with what is contributed at {@code point}, which {@code in} entered. */
  Tensor plus(int layer, Point point, Tensor in, Tensor out);

  /** As {@link #plus(int, Point, Tensor, Tensor)}, of a branch. */
  Tensor plus(int layer, Point point, Tensor in, Tensor out, Branch branch);

  /**
   * What {@code each} gives of the rows of each pass, with its prefix.
   *
   * @param projections queries of all rows, or in the last layer of those that are read
   */
  Tensor attention(int layer, Projections projections, Branch branch, OwnAttention each);

  /** These over the rows alone that are read in the end. */
  Passes read();

  /** The rows of {@code x} that are read in the end. */
  Tensor read(Tensor x);

  /** Rows (B, T, H), or (1, N, H) of several passes, and whose they are. */
  record Running(Tensor rows, Passes passes) {
    List<Pass.Single> each() {
      return passes.each(rows);
    }
  }

  /**
   * A branch of the residual stream.
   *
   * @param residual what its output is added to (B, T, H)
   */
  record Branch(Tensor residual, Joining joining) {}

  /** What becomes of a pass's branch, with residual and norms. */
  @FunctionalInterface
  interface Joining {
    Tensor of(Pass pass, Tensor residual, Tensor branch);
  }

  /**
   * What enters an attention, and what its layers make of it.
   *
   * @param read whether queries are of the rows that are read in the end, not of all
   */
  record Projections(Tensor in, boolean read, Tensor query, Tensor key, Tensor value) {
    Projections with(Tensor queries, Tensor keys) {
      return new Projections(in, read, queries, keys, value);
    }
  }

  /** The attention of one pass. */
  @FunctionalInterface
  interface OwnAttention {
    /** (B, T, h d). */
    Tensor of(Pass pass, Projections own, Optional<KeyValue> prefix, Relations.OfLayer relations);
  }
}
