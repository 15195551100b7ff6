package org.trimtab.batch;

import java.util.List;
import java.util.Optional;
import org.trimtab.tokenizer.Encoding;

/**
 * How much a batch holds at most; an example that is more by itself is a batch of its own.
 *
 * @param examples of a batch
 * @param tokens of a batch with its padding: texts by the tokens of the longest
 */
public record BatchSize(int examples, Optional<Integer> tokens) {
  /** So many examples, however long. */
  public static BatchSize of(int examples) {
    return new BatchSize(examples, Optional.empty());
  }

  /** Whether {@code next}, which isn't shorter than the {@code before}, can stand beside them. */
  boolean holds(List<List<Encoding>> before, List<Encoding> next) {
    if (before.isEmpty()) {
      return true;
    }
    long texts = before.stream().mapToLong(List::size).sum() + next.size();
    return before.size() < examples
        && tokens.map(most -> texts * Batch.width(next) <= most).orElse(true);
  }
}
