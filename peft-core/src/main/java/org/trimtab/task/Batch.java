package org.trimtab.task;

import java.util.List;

/**
 * Examples of about the same length, padded to the longest.
 *
 * @param indices where they stand in their split
 * @param ids token ids, B rows of T
 * @param types segments, B rows of T
 * @param texts the words of each row; empty where only tokens are known
 * @param lengths real tokens of each row; what follows is padding
 */
public record Batch(
    List<Integer> indices, List<String> texts, long[][] ids, long[][] types, int[] lengths) {
  /** Rows of which only the tokens are known. */
  public Batch(List<Integer> indices, long[][] ids, long[][] types, int[] lengths) {
    this(indices, List.of(), ids, types, lengths);
  }
}
