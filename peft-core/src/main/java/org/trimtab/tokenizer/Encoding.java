package org.trimtab.tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A text, or a pair of them, as a model reads it. Whole training sets are held in this form.
 *
 * @param texts what was encoded
 * @param tokens their ids, with [CLS] and the like, unpadded
 * @param segments of each token
 * @param spans the tokens of each span of the texts; [CLS] where none is left
 * @param cut what truncation took
 */
public record Encoding(
    Texts texts, int[] tokens, byte[] segments, List<TokenRange> spans, Cut cut) {
  /** Nothing was cut, and no span was asked for. */
  public Encoding(Texts texts, int[] tokens, byte[] segments) {
    this(texts, tokens, segments, List.of(), Cut.NOTHING);
  }

  /**
   * What of the texts a model doesn't see.
   *
   * @param truncated whether tokens were cut off
   * @param lostText whether nothing at all is left of the text, or of its pair
   * @param lostSpan whether no token is left of a span
   */
  public record Cut(boolean truncated, boolean lostText, boolean lostSpan) {
    public static final Cut NOTHING = new Cut(false, false, false);
  }

  /** The words, a pair's behind those of the first. */
  public String text() {
    return texts.pair().map(second -> texts.text() + " " + second).orElse(texts.text());
  }

  /** The number of tokens. */
  public int length() {
    return tokens.length;
  }

  /** The tokens' ids. */
  public long[] ids() {
    return Arrays.stream(tokens).asLongStream().toArray();
  }

  /** The segment of each token. */
  public long[] types() {
    return IntStream.range(0, segments.length).mapToLong(i -> segments[i]).toArray();
  }

  public boolean truncated() {
    return cut.truncated();
  }

  public boolean lostText() {
    return cut.lostText();
  }

  public boolean lostSpan() {
    return cut.lostSpan();
  }
}
