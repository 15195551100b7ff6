package org.trimtab.train.optimizer;

import java.util.List;
import java.util.Optional;
import org.trimtab.tensor.MutableTensor;
import org.trimtab.tensor.Tensors;

/** An optimizer's arithmetic for one tensor. */
public interface UpdateRule {
  /** The names of what it remembers of each tensor, each of the tensor's own shape. */
  List<String> slots();

  /**
   * Moves {@code value} in place, and its slots.
   *
   * @param step from 1
   */
  void update(
      MutableTensor value, MutableTensor gradient, List<MutableTensor> slots, Rate rate, long step);

  /**
   * The same of any number of tensors in one call, which is then what trains: a text for {@link
   * Tensors#script}. Its {@code xs} are the values of all, their gradients, and of each slot those
   * of all; its numbers are learning rate, weight decay and step. Empty where there is none.
   */
  default Optional<String> script() {
    return Optional.empty();
  }

  /** The learning rate and weight decay of a parameter group at one step. */
  record Rate(double learningRate, double weightDecay) {}
}
