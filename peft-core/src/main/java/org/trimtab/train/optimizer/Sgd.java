package org.trimtab.train.optimizer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  /** Torch's own, one pass over the memory of all; {@link #update} is its reference. */
  @Override
  public Optional<String> script() {
    return Optional.of(
        String.format(
            Locale.ROOT,
            """
                n = torch.floordiv(torch.len(xs), %d)
                values = torch.slice(xs, 0, n, 1)
                gradients = torch.slice(xs, n, torch.mul(2, n), 1)
                momenta = torch.slice(xs, torch.mul(2, n), -1, 1)
                rate = float(torch.select(xs[-1], 0, 0))
                decay = float(torch.select(xs[-1], 0, 1))
                _0 = torch._fused_sgd_(values, gradients, momenta, weight_decay=decay, momentum=%.17e, lr=rate, dampening=0., nesterov=False, maximize=False, is_first_step=False)
                return torch.slice(values, 0, 1, 1)
            """,
            2 + slots().size(),
            momentum));
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
