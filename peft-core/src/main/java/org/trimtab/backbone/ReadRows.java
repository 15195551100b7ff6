package org.trimtab.backbone;

/**
 * Rows of the last layer's states that a head reads: whatever finite values the others hold, the
 * head says the same.
 *
 * <p>That alone doesn't allow a pass to leave the others out: a module may mix rows where the last
 * layer would have fewer of them. A gate that reads a whole sequence (its mean, say) at the last
 * layer, behind its attention, would be another gate over fewer rows, and so would a trace of it.
 */
public enum ReadRows {
  /** That of the [CLS] token, where it really is: {@link Rows#cls}. */
  CLS,
  /** Row 0, whatever it is. */
  FIRST,
  /** That of the text's last real token: {@link Rows#last}. */
  LAST,
  /** Those that a weight of {@link Hidden#spans} belongs to. */
  SPANS,
  /** Those of the text's real tokens: {@link Rows#textMask}. */
  TEXT,
  /** All, prompt rows and padding among them. */
  ALL
}
