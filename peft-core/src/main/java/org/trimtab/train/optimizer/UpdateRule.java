package org.trimtab.train.optimizer;

import java.util.List;
import org.trimtab.tensor.MutableTensor;

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

  /** The learning rate and weight decay of a parameter group at one step. */
  record Rate(double learningRate, double weightDecay) {}
}
