package org.trimtab.tokenizer;

import java.util.Optional;

/** A model's own way to make token ids of text. */
public interface Tokenizer extends AutoCloseable {
  /**
   * Encodes a text or a pair; what is longer than {@code maximumLength} tokens, special ones
   * included, is cut at its end, the longer of a pair first.
   */
  Encoding encode(Texts texts, int maximumLength);

  /** As {@link #encode(Texts, int)}, without spans. */
  default Encoding encode(String text, Optional<String> pair, int maximumLength) {
    return encode(new Texts(text, pair), maximumLength);
  }

  /** The tokens of {@code text} alone, without special ones. */
  long[] tokenIds(String text);

  /** Whether {@code id} stands for text: neither a special nor an unused token. */
  boolean ordinary(long id);

  @Override
  void close();
}
