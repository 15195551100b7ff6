package org.trimtab.train.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Stochastic gradient descent with momentum; weight decay joins the gradient, as torch has it.
 *
 * @param momentum 0 for none
 */
public record Sgd(double momentum) implements UpdateRule {
  @Override
  public List<String> slots() {
    return momentum == 0 ? List.of() : List.of("momentum_buffer");
  }

  @Override
  public void update(NDArray value, NDArray g, List<NDArray> slots, Rate rate, long step) {
    NDArray direction = rate.weightDecay() == 0 ? g : g.add(value.mul(rate.weightDecay()));
    if (momentum > 0) {
      direction = slots.get(0).muli(momentum).addi(direction);
    }
    value.subi(direction.mul(rate.learningRate()));
  }
}
