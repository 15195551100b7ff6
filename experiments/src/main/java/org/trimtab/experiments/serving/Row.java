package org.trimtab.experiments.serving;

import java.util.Optional;

/**
 * A text or a pair to be judged.
 *
 * @param task the name that it is served by
 */
public record Row(String task, String text, Optional<String> pair) {
  /** In UTF-16 units, the pair's included. */
  public int length() {
    return text.length() + pair.map(String::length).orElse(0);
  }
}
