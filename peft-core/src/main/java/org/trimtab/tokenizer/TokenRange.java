package org.trimtab.tokenizer;

/**
 * Tokens that stand beside each other.
 *
 * @param from the first one
 * @param to behind the last one
 */
public record TokenRange(int from, int to) {
  /** [CLS] alone, which stands for a span of which no token is left. */
  static final TokenRange CLS = new TokenRange(0, 1);
}
