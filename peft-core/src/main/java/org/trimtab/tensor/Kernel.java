package org.trimtab.tensor;

import java.util.List;
import java.util.function.Supplier;

/**
 * Several operations that a backing computes at once, with no tensor for what lies between them.
 * Gradients flow through it as through the operations themselves, which are its reference.
 */
@FunctionalInterface
public interface Kernel {
  /** No kernel: the operations themselves. */
  Kernel COMPOSED = (composed, operands) -> composed.get();

  /**
   * The result.
   *
   * @param composed the same of operations; asked where an operand is of another backing, such as a
   *     graph that is being recorded
   * @param operands in the order in which the kernel names them
   */
  Tensor of(Supplier<Tensor> composed, List<Tensor> operands);

  /** A kernel of several results. */
  @FunctionalInterface
  interface Several {
    /** The results; as {@link Kernel#of}. */
    List<Tensor> of(Supplier<List<Tensor>> composed, List<Tensor> operands);
  }
}
