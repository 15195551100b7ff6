package org.trimtab.transformer;

import java.util.Optional;
import org.trimtab.backbone.KeyValue;
import org.trimtab.backbone.Point;
import org.trimtab.tensor.Tensor;

/**
 * One pass, or several at once: what is computed row by row need not know of which pass a row is;
 * what is contributed, and attention, meet each pass's own rows.
 */
interface Passes {
  StackDropout dropout();

  /** {@code out} with what is contributed at {@code point}, which {@code in} entered. */
  Tensor plus(int layer, Point point, Tensor in, Tensor out);

  /** As {@link #plus(int, Point, Tensor, Tensor)}, of a branch. */
  Tensor plus(int layer, Point point, Tensor in, Tensor out, Joining joining);

  /** What {@code each} gives of the rows of each pass, with its prefix. */
  Tensor attention(int layer, Projections projections, Joining joining, Attention each);

  /** What residual and norm make of a pass's branch. */
  @FunctionalInterface
  interface Joining {
    Tensor of(Pass pass, Tensor in, Tensor branch);
  }

  /**
   * What enters an attention, and what its layers make of it; all of the same shape.
   *
   * @param query scaled
   */
  record Projections(Tensor in, Tensor query, Tensor key, Tensor value) {}

  /** The attention of one pass. */
  @FunctionalInterface
  interface Attention {
    /** (B, T, H); {@code bias} is (B, 1, 1, T). */
    Tensor of(Projections own, Optional<KeyValue> prefix, Tensor bias);
  }
}
