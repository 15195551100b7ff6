package org.trimtab.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.Input;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.TokenRange;

/** Batches as tensors. */
public final class Inputs {
  private Inputs() {}

  /** The ids, segments and mask (B, T) of {@code batch}, and its spans. */
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
        batch.texts(),
        spans(batch, tensors));
  }

  /** Each span's tokens share a weight of one. */
  private static Optional<Tensor> spans(Batch batch, Tensors tensors) {
    int each = batch.spans().stream().mapToInt(List::size).findFirst().orElse(0);
    if (each == 0) {
      return Optional.empty();
    }
    int width = batch.ids()[0].length;
    double[] weights = new double[batch.spans().size() * each * width];
    int from = 0;
    for (List<TokenRange> row : batch.spans()) {
      for (TokenRange span : row) {
        double share = 1.0 / (span.to() - span.from());
        Arrays.fill(weights, from + span.from(), from + span.to(), share);
        from += width;
      }
    }
    return Optional.of(tensors.of(weights, batch.spans().size(), each, width));
  }

  private static long[] flat(long[][] values) {
    return Arrays.stream(values).flatMapToLong(Arrays::stream).toArray();
  }
}
