package org.trimtab.train;

import java.util.Arrays;
import org.trimtab.backbone.Input;
import org.trimtab.task.Batch;
import org.trimtab.tensor.Tensors;

/** Batches as tensors. */
public final class Inputs {
  private Inputs() {}

  /** The ids, segments and mask (B, T) of {@code batch}. */
  public static Input of(Batch batch, Tensors tensors) {
    int rows = batch.ids().length;
    int width = batch.ids()[0].length;
    double[] mask = new double[rows * width];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(mask, row * width, row * width + batch.lengths()[row], 1);
    }
    return new Input(
        tensors.of(flat(batch.ids()), rows, width),
        tensors.of(flat(batch.types()), rows, width),
        tensors.of(mask, rows, width),
        batch.texts());
  }

  private static long[] flat(long[][] values) {
    return Arrays.stream(values).flatMapToLong(Arrays::stream).toArray();
  }
}
