package org.trimtab.task;

import java.util.List;

/**
 * Examples of about the same length, padded to the longest.
 *
 * @param indices where they stand in their split
 * @param ids token ids, B rows of T
 * @param types segments, B rows of T
 * @param lengths real tokens of each row; what follows is padding
 */
public record Batch(List<Integer> indices, long[][] ids, long[][] types, int[] lengths) {}
