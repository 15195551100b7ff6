package org.trimtab.train.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** An optimizer's arithmetic for one tensor. */
public interface UpdateRule {
  /** The names of what it remembers of each tensor, each of the tensor's own shape. */
  List<String> slots();

  /**
   * Moves {@code value} in place, and its slots.
   *
   * @param step from 1
   */
  void update(NDArray value, NDArray gradient, List<NDArray> slots, Rate rate, long step);

  /** The learning rate and weight decay of a parameter group at one step. */
  record Rate(double learningRate, double weightDecay) {}
}
