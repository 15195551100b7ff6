package org.trimtab.backbone;

import java.util.function.UnaryOperator;
import org.trimtab.tensor.Tensor;

/**
 * Where a forward pass is.
 *
 * @param site the place
 * @param in what enters it, (B, T, H)
 * @param rows which of its rows are what
 * @param join of a branch: what its add (and norm, in a post-norm stack) makes of it
 */
public record At(Site site, Tensor in, Rows rows, UnaryOperator<Tensor> join) {
  /** At a site that is no branch. */
  public At(Site site, Tensor in, Rows rows) {
    this(
        site,
        in,
        rows,
        branch -> {
          throw new IllegalStateException("nothing is added after " + site);
        });
  }

  /**
   * What the stack would go on with if {@code branch} (B, T, H) were this branch's output: the
   * residual added and, in a post-norm stack, normalised, with what is contributed at the norm.
   *
   * @throws IllegalStateException if this is neither {@link Point#ATTENTION} nor {@link Point#FFN}
   */
  public Tensor after(Tensor branch) {
    return join.apply(branch);
  }
}
