package org.trimtab.base;

import java.util.Locale;
import java.util.Optional;

/** Half of a surrogate pair, which an escape can write: it is no character, and UTF-8 has none. */
public final class HalfCharacter {
  private HalfCharacter() {}

  /** What is wrong with {@code text}; empty where all of it are characters. */
  public static Optional<String> in(String text) {
    return text.codePoints()
        .filter(c -> Character.getType(c) == Character.SURROGATE)
        .mapToObj(
            c ->
                String.format(
                    Locale.ROOT, "\\u%04x is half of a character; allowed both halves, or none", c))
        .findFirst();
  }
}
