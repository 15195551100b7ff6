package org.trimtab.tokenizer;

/**
 * A text, or a pair of them, as a model reads it.
 *
 * @param text the words, a pair's behind those of the first
 * @param ids tokens, with [CLS] and the like, unpadded
 * @param types the segment of each
 * @param truncated whether tokens were cut off
 * @param lostText whether nothing at all is left of the text, or of its pair
 */
public record Encoding(
    String text, long[] ids, long[] types, boolean truncated, boolean lostText) {}
