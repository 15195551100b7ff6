package org.trimtab.train.optimizer;

import java.util.List;
import org.trimtab.tensor.MutableTensor;

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
  public void update(
      MutableTensor value, MutableTensor g, List<MutableTensor> slots, Rate rate, long step) {
    MutableTensor direction = rate.weightDecay() == 0 ? g : g.add(value.mul(rate.weightDecay()));
    if (momentum > 0) {
      direction = slots.get(0).mulInPlace(momentum).addInPlace(direction);
    }
    value.subInPlace(direction.mul(rate.learningRate()));
  }
}
