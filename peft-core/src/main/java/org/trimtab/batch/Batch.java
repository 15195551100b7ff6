package org.trimtab.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trimtab.backbone.Input;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.TokenRange;

/**
 * Examples of about the same length, padded to the longest.
 *
 * @param indices where the examples stand in their split; an example's rows stand together
 * @param texts the words of each row; empty where only tokens are known
 * @param ids token ids, B rows of T
 * @param types segments, B rows of T
 * @param lengths real tokens of each row; what follows is padding
 * @param spans S marked places of each row; empty where none are marked
 */
public record Batch(
    List<Integer> indices,
    List<String> texts,
    long[][] ids,
    long[][] types,
    int[] lengths,
    List<List<TokenRange>> spans) {
  /** Rows without marked places. */
  public Batch(
      List<Integer> indices, List<String> texts, long[][] ids, long[][] types, int[] lengths) {
    this(indices, texts, ids, types, lengths, List.of());
  }

  /** Rows of which only the tokens are known. */
  public Batch(List<Integer> indices, long[][] ids, long[][] types, int[] lengths) {
    this(indices, List.of(), ids, types, lengths);
  }

  /** The ids, segments and mask (B, T) of this, and its spans. */
  public Input input(Tensors tensors) {
    int count = ids.length;
    int width = ids[0].length;
    double[] mask = new double[count * width];
    for (int row = 0; row < count; row++) {
      Arrays.fill(mask, row * width, row * width + lengths[row], 1);
    }
    return new Input(
        tensors.of(flat(ids), count, width),
        tensors.of(flat(types), count, width),
        tensors.of(mask, count, width),
        texts,
        spanWeights(tensors));
  }

  /** Each span's tokens share a weight of one. */
  private Optional<Tensor> spanWeights(Tensors tensors) {
    int each = spans.stream().mapToInt(List::size).findFirst().orElse(0);
    if (each == 0) {
      return Optional.empty();
    }
    int width = ids[0].length;
    double[] weights = new double[spans.size() * each * width];
    int from = 0;
    for (List<TokenRange> row : spans) {
      for (TokenRange span : row) {
        double share = 1.0 / (span.to() - span.from());
        Arrays.fill(weights, from + span.from(), from + span.to(), share);
        from += width;
      }
    }
    return Optional.of(tensors.of(weights, spans.size(), each, width));
  }

  private static long[] flat(long[][] values) {
    return Arrays.stream(values).flatMapToLong(Arrays::stream).toArray();
  }
}
