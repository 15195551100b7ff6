package org.trimtab.tokenizer;

import java.util.List;
import java.util.Optional;

/**
 * What a model reads at once: a text or a pair of them, and places in them.
 *
 * @param spans which tokens are to be found again, such as those of a word in its sentence
 */
public record Texts(String text, Optional<String> pair, List<Span> spans) {
  /** Texts without places. */
  public Texts(String text, Optional<String> pair) {
    this(text, pair, List.of());
  }
}
