package org.trimtab.train.optimizer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trimtab.tensor.MutableTensor;

/**
 * Adafactor (Shazeer and Stern, 2018) without factored moments and without scaling by the
 * parameter's size, as prompt tuning uses it (Lester et al., 2021).
 *
 * @param decayRate c of β = 1 - t^(-c)
 * @param clipThreshold d: an update's root mean square is at most this
 */
record Adafactor(double decayRate, double clipThreshold) implements UpdateRule {
  /** Keeps the root away from zero; the paper's ε₁. */
  private static final double EPSILON = 1e-30;

  @Override
  public List<String> slots() {
    return List.of("exp_avg_sq");
  }

  @Override
  public Optional<String> script() {
    return Optional.of(
        String.format(
            Locale.ROOT,
            """
                n = torch.floordiv(torch.len(xs), 3)
                values = torch.slice(xs, 0, n, 1)
                gradients = torch.slice(xs, n, torch.mul(2, n), 1)
                squares = torch.slice(xs, torch.mul(2, n), -1, 1)
                rate = float(torch.select(xs[-1], 0, 0))
                decay = float(torch.select(xs[-1], 0, 1))
                beta = torch.sub(1., torch.pow(float(torch.select(xs[-1], 0, 2)), -%.17e))
                added = torch._foreach_mul(gradients, gradients)
                _0 = torch._foreach_add_(added, %.17e)
                _1 = torch._foreach_mul_(squares, beta)
                _2 = torch._foreach_add_(squares, added, alpha=torch.sub(1., beta))
                updates = torch._foreach_div(gradients, torch._foreach_sqrt(squares))
                for i in range(n):
                  update = updates[i]
                  rms = torch.sqrt(torch.mean(torch.mul(update, update)))
                  _3 = torch.div_(update, torch.clamp(torch.div(rms, %.17e), 1.))
                _4 = torch._foreach_mul_(values, torch.sub(1., torch.mul(rate, decay)))
                _5 = torch._foreach_add_(values, updates, alpha=torch.neg(rate))
                return torch.slice(values, 0, 1, 1)
            """,
            decayRate,
            EPSILON,
            clipThreshold));
  }

  @Override
  public void update(
      MutableTensor value, MutableTensor g, List<MutableTensor> slots, Rate rate, long step) {
    MutableTensor square = slots.get(0);
    double beta = 1 - Math.pow((double) step, -decayRate);
    square.mulInPlace(beta).addInPlace(g.mul(g).addInPlace(EPSILON).mulInPlace(1 - beta));
    MutableTensor update = g.div(square.sqrt());
    double rms = Math.sqrt(update.mul(update).mean());
    update.divInPlace(Math.max(1, rms / clipThreshold));
    value.mulInPlace(1 - rate.learningRate() * rate.weightDecay());
    value.subInPlace(update.mulInPlace(rate.learningRate()));
  }
}
