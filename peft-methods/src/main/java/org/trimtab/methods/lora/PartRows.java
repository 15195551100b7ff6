package org.trimtab.methods.lora;

import org.trimtab.tensor.Tensor;

/**
 * Which rows of a layer's matrix are one part's.
 *
 * @param all whether they are all of them
 */
record PartRows(int from, int to, boolean all) {
  /** Those of a matrix (out, {@code in}). */
  Tensor of(Tensor matrix, int in) {
    return all ? matrix : matrix.view(1, -1, in).rows(from, to).view(-1, in);
  }

  /** Those of a vector (out). */
  Tensor of(Tensor vector) {
    return all ? vector : vector.view(1, -1, 1).rows(from, to).view(-1);
  }
}
