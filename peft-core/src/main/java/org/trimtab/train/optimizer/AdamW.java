package org.trimtab.train.optimizer;

import java.util.List;
import org.trimtab.tensor.MutableTensor;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019), in the order of torch's.
 *
 * @param beta1 decay of the gradient's mean
 * @param beta2 decay of the squared gradient's mean
 * @param epsilon added to the root
 */
public record AdamW(double beta1, double beta2, double epsilon) implements UpdateRule {
  @Override
  public List<String> slots() {
    return List.of("exp_avg", "exp_avg_sq");
  }

  @Override
  public void update(
      MutableTensor value, MutableTensor g, List<MutableTensor> slots, Rate rate, long step) {
    MutableTensor mean = slots.get(0);
    MutableTensor square = slots.get(1);
    value.mulInPlace(1 - rate.learningRate() * rate.weightDecay());
    mean.mulInPlace(beta1).addInPlace(g.mul(1 - beta1));
    square.mulInPlace(beta2).addInPlace(g.mul(g).mulInPlace(1 - beta2));
    double correction1 = 1 - Math.pow(beta1, (double) step);
    double correction2 = 1 - Math.pow(beta2, (double) step);
    MutableTensor root = square.sqrt().divInPlace(Math.sqrt(correction2)).addInPlace(epsilon);
    value.subInPlace(mean.div(root).mulInPlace(rate.learningRate() / correction1));
  }
}
