package org.trimtab.train.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trimtab.tensor.DjlTensor;
import org.trimtab.tensor.DjlTensors;
import org.trimtab.tensor.Precision;

/** Adafactor's first steps against its equations. */
class AdafactorTest {
  private static final double[][] GRADIENTS = {{0.5, -2, 1e-3}, {0.1, 4, -1e-3}, {3, -1, 0}};

  @Test
  void followsItsEquations() {
    UpdateRule.Rate rate = new UpdateRule.Rate(0.3, 1e-2);
    try (DjlTensors tensors = DjlTensors.open(Precision.FP64)) {
      NDArray value = DjlTensor.nd(tensors.of(new double[] {1, -1, 0.5}, 3));
      NDManager manager = value.getManager();
      List<NDArray> slots = List.of(manager.zeros(value.getShape(), value.getDataType()));
      double[] expected = {1, -1, 0.5};
      double[] square = new double[3];
      for (int t = 1; t <= GRADIENTS.length; t++) {
        new Adafactor(0.8, 1).update(value, manager.create(GRADIENTS[t - 1]), slots, rate, t);
        step(expected, square, GRADIENTS[t - 1], t, rate);
        assertThat(value.toDoubleArray()).containsExactly(expected, within(1e-12));
      }
      assertThat(slots.get(0).toDoubleArray()).containsExactly(square, within(1e-12));
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
