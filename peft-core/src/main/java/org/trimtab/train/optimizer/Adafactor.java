package org.trimtab.train.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;

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
  public void update(NDArray value, NDArray g, List<NDArray> slots, Rate rate, long step) {
    NDArray square = slots.get(0);
    double beta = 1 - Math.pow((double) step, -decayRate);
    square.muli(beta).addi(g.mul(g).addi(EPSILON).muli(1 - beta));
    NDArray update = g.div(square.sqrt());
    double rms = Math.sqrt(scalar(update.mul(update).mean()));
    update.divi(Math.max(1, rms / clipThreshold));
    value.muli(1 - rate.learningRate() * rate.weightDecay());
    value.subi(update.muli(rate.learningRate()));
  }

  private static double scalar(NDArray nd) {
    return nd.getDataType() == DataType.FLOAT64 ? nd.getDouble() : nd.getFloat();
  }
}
