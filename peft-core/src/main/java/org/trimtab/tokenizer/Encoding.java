package org.trimtab.tokenizer;

import java.util.List;

/**
 * A text, or a pair of them, as a model reads it.
 *
 * @param text the words, a pair's behind those of the first
 * @param ids tokens, with [CLS] and the like, unpadded
 * @param types the segment of each
 * @param spans the tokens of each span of the texts; [CLS] where none is left
 * @param cut what truncation took
 */
public record Encoding(String text, long[] ids, long[] types, List<TokenRange> spans, Cut cut) {
  /** Nothing was cut, and no span was asked for. */
  public Encoding(String text, long[] ids, long[] types) {
    this(text, ids, types, List.of(), Cut.NOTHING);
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
