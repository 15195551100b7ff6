package org.trimtab.methods.prefix;

import java.util.List;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.AdapterTensors;

/** The tensors of the adapters library's prefixes, and the table (P, 2 n H) that an MLP makes. */
final class PrefixMlp {
  private static final String PREFIX = "prefix_tuning.prefix_tunings.self_prefix.";

  /** The table as one axis. */
  static final String TABLE = PREFIX + "control_trans";

  /** b2 (2 n H). */
  static final String BIAS = TABLE + ".2.bias";

  private static final String EMBEDDING = PREFIX + "wte.weight";
  private static final String INNER = TABLE + ".0.weight";
  private static final String INNER_BIAS = TABLE + ".0.bias";
  private static final String OUTER = TABLE + ".2.weight";
  private static final List<String> ALL = List.of(EMBEDDING, INNER, INNER_BIAS, OUTER, BIAS);

  private PrefixMlp() {}

  /** The tensors with the table tanh(E W1 + b1) W2 + b2 in the place of the MLP's. */
  static AdapterTensors folded(PrefixConfig config, AdapterTensors tensors) {
    int length = config.length();
    int mid = config.mid();
    String meaning = "prefix_length and bottleneck_size over this backbone";
    int hidden = columns(tensors, EMBEDDING, 1);
    int columns = columns(tensors, BIAS, 0);
    double[] embedding = tensors.get(EMBEDDING, meaning, length, hidden).doubles();
    double[] inner = tensors.get(INNER, meaning, mid, hidden).doubles();
    double[] innerBias = tensors.get(INNER_BIAS, meaning, mid).doubles();
    double[] outer = tensors.get(OUTER, meaning, columns, mid).doubles();
    double[] outerBias = tensors.get(BIAS, meaning, columns).doubles();
    double[] middle = linear(embedding, inner, innerBias, hidden);
    for (int i = 0; i < middle.length; i++) {
      middle[i] = Math.tanh(middle[i]);
    }
    double[] table = linear(middle, outer, outerBias, mid);
    return tensors.with(TABLE, HostTensor.of(table, table.length), ALL);
  }

  /** The size of an axis; 0, which no shape has, where there is no such tensor or axis. */
  private static int columns(AdapterTensors tensors, String name, int axis) {
    return tensors
        .find(name)
        .map(HostTensor::shape)
        .filter(shape -> shape.length > axis)
        .map(shape -> Math.toIntExact(shape[axis]))
        .orElse(0);
  }

  /** x (rows, in) with w (out, in) and b (out): (rows, out). */
  private static double[] linear(double[] x, double[] w, double[] b, int in) {
    int rows = x.length / in;
    double[] y = new double[rows * b.length];
    for (int row = 0; row < rows; row++) {
      for (int out = 0; out < b.length; out++) {
        double sum = b[out];
        for (int i = 0; i < in; i++) {
          sum += x[row * in + i] * w[out * in + i];
        }
        y[row * b.length + out] = sum;
      }
    }
    return y;
  }
}
