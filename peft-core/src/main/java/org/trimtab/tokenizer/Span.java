package org.trimtab.tokenizer;

/**
 * A place in a text or in its pair.
 *
 * @param inPair whether it lies in the pair
 * @param from the first character; characters are Unicode code points, as Python counts them
 * @param to behind the last one
 */
public record Span(boolean inPair, int from, int to) {
  /** Whether {@code other}, of the same text, has a character of this. */
  boolean overlaps(int otherFrom, int otherTo) {
    return otherFrom < to && from < otherTo;
  }
}
