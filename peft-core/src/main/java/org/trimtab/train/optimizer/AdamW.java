package org.trimtab.train.optimizer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  /** Torch's own, one pass over the memory of all; {@link #update} is its reference. */
  @Override
  public Optional<String> script() {
    return Optional.of(
        String.format(
            Locale.ROOT,
            """
                n = torch.floordiv(torch.len(xs), 4)
                values = torch.slice(xs, 0, n, 1)
                gradients = torch.slice(xs, n, torch.mul(2, n), 1)
                means = torch.slice(xs, torch.mul(2, n), torch.mul(3, n), 1)
                squares = torch.slice(xs, torch.mul(3, n), -1, 1)
                rate = float(torch.select(xs[-1], 0, 0))
                decay = float(torch.select(xs[-1], 0, 1))
                steps = torch.mul([torch.to(torch.select(xs[-1], 0, 2), 6, False, True)], n)
                none = annotate(List[Tensor], [])
                _0 = torch._fused_adamw_(values, gradients, means, squares, none, steps, lr=rate, beta1=%.17e, beta2=%.17e, weight_decay=decay, eps=%.17e, amsgrad=False, maximize=False)
                return torch.slice(values, 0, 1, 1)
            """,
            beta1,
            beta2,
            epsilon));
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
