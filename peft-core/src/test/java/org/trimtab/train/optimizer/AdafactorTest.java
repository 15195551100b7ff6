package org.trimtab.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.trimtab.tensor.MutableTensor;
import org.trimtab.tensor.Precision;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.djl.DjlTensors;

/** Adafactor's first steps against its equations. */
class AdafactorTest {
  private static final double[][] GRADIENTS = {{0.5, -2, 1e-3}, {0.1, 4, -1e-3}, {3, -1, 0}};

  @Test
  void followsItsEquations() {
    UpdateRule.Rate rate = new UpdateRule.Rate(0.3, 1e-2);
    try (DjlTensors tensors = DjlTensors.open(Precision.FP64)) {
      Tensor value = tensors.of(new double[] {1, -1, 0.5}, 3);
      Tensor slot = tensors.zeros(3);
      List<MutableTensor> slots = List.of(tensors.mutable(slot));
      double[] expected = {1, -1, 0.5};
      double[] square = new double[3];
      for (int t = 1; t <= GRADIENTS.length; t++) {
        MutableTensor gradient = tensors.mutable(tensors.of(GRADIENTS[t - 1], 3));
        new Adafactor(0.8, 1).update(tensors.mutable(value), gradient, slots, rate, t);
        step(expected, square, GRADIENTS[t - 1], t, rate);
        assertThat(tensors.doubles(value)).containsExactly(expected, within(1e-12));
      }
      assertThat(tensors.doubles(slot)).containsExactly(square, within(1e-12));
    }
  }

  /** v = βv + (1-β)(g² + 1e-30), u = g/√v, u /= max(1, RMS(u)), p -= lr (u + decay p). */
  private static void step(double[] p, double[] v, double[] g, int t, UpdateRule.Rate rate) {
    double beta = 1 - Math.pow(t, -0.8);
    double[] u = new double[p.length];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      v[i] = beta * v[i] + (1 - beta) * (g[i] * g[i] + 1e-30);
      u[i] = g[i] / Math.sqrt(v[i]);
      sum += u[i] * u[i];
    }
    double clip = Math.max(1, Math.sqrt(sum / p.length));
    for (int i = 0; i < p.length; i++) {
      p[i] -= rate.learningRate() * (u[i] / clip + rate.weightDecay() * p[i]);
    }
  }
}
