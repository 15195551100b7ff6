package org.trimtab.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;
import org.trimtab.tokenizer.TokenRange;

/** Ranges of tokens as weights, which times the tokens' states are the ranges' means. */
public final class SpanWeights {
  private SpanWeights() {}

  /**
   * Weights (B, S, T) of B texts' ranges, one in all for each range, shared by its tokens. S is the
   * most that a text has; where a text has fewer, the weights of the missing ones are zero.
   *
   * @param width T
   * @return empty where no text has any
   */
  public static Optional<Tensor> of(List<List<TokenRange>> ranges, int width, Tensors tensors) {
    int most = ranges.stream().mapToInt(List::size).max().orElse(0);
    if (most == 0) {
      return Optional.empty();
    }
    double[] weights = new double[ranges.size() * most * width];
    for (int text = 0; text < ranges.size(); text++) {
      int from = text * most * width;
      for (TokenRange range : ranges.get(text)) {
        double share = 1.0 / (range.to() - range.from());
        Arrays.fill(weights, from + range.from(), from + range.to(), share);
        from += width;
      }
    }
    return Optional.of(tensors.of(weights, ranges.size(), most, width));
  }
}
