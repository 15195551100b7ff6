package org.trimtab.train.optimizer;

import ai.djl.ndarray.NDArray;
import java.util.List;

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
  public void update(NDArray value, NDArray g, List<NDArray> slots, Rate rate, long step) {
    NDArray mean = slots.get(0);
    NDArray square = slots.get(1);
    value.muli(1 - rate.learningRate() * rate.weightDecay());
    mean.muli(beta1).addi(g.mul(1 - beta1));
    square.muli(beta2).addi(g.mul(g).muli(1 - beta2));
    double correction1 = 1 - Math.pow(beta1, (double) step);
    double correction2 = 1 - Math.pow(beta2, (double) step);
    NDArray root = square.sqrt().divi(Math.sqrt(correction2)).addi(epsilon);
    value.subi(mean.div(root).muli(rate.learningRate() / correction1));
  }
}
