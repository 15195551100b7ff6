package org.trimtab.batch;

import java.util.List;
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
}
