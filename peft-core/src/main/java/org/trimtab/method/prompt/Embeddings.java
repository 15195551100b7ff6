package org.trimtab.method.prompt;

import java.util.List;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/** Rows of the embedding table, copied into a prompt. */
final class Embeddings {
  private Embeddings() {}

  /** One tensor (P, H) of P rows. */
  static Tensor rows(List<double[]> rows, Setup setup) {
    int hidden = setup.spec().textStack().hidden();
    double[] flat = new double[rows.size() * hidden];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, flat, i * hidden, hidden);
    }
    return setup.init().tensors().of(flat, rows.size(), hidden);
  }

  /** The mean of several rows. */
  static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    return mean;
  }
}
