package org.trimtab.train.optimizer;

import java.util.List;
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
