package org.trimtab.tensor;

import java.util.List;

/**
 * A function of lists of tensors outside of every graph, which the engine computes in one call. It
 * may change its operands where they lie.
 */
@FunctionalInterface
public interface Script {
  /**
   * What the function returns.
   *
   * @param numbers exact, whatever the tensors' precision: a tensor of float64 behind the operands
   */
  List<Tensor> run(List<Tensor> operands, double... numbers);
}
