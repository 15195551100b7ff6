package org.trimtab.experiments.runs;

import java.util.List;
import java.util.function.Predicate;
import org.trimtab.task.Example;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Tokenizer;

/**
 * Examples as token ids.
 *
 * @param examples the rows of each
 * @param truncated how many lost tokens
 * @param lost how many of those lost a whole text
 * @param lostSpans how many lost a marked place
 */
record Encoded(List<List<Encoding>> examples, long truncated, long lost, long lostSpans) {
  /** Encodes texts to at most {@code maximumLength} tokens. */
  static Encoded of(List<? extends Example<?>> examples, Tokenizer tokenizer, int maximumLength) {
    List<List<Encoding>> rows =
        examples.stream()
            .map(e -> e.rows().stream().map(r -> tokenizer.encode(r, maximumLength)).toList())
            .toList();
    return new Encoded(
        rows,
        count(rows, Encoding::truncated),
        count(rows, Encoding::lostText),
        count(rows, Encoding::lostSpan));
  }

  /** Of each example, whether a row of it lost tokens. */
  List<Boolean> whichTruncated() {
    return examples.stream().map(rows -> rows.stream().anyMatch(Encoding::truncated)).toList();
  }

  private static long count(List<List<Encoding>> examples, Predicate<Encoding> fault) {
    return examples.stream().filter(rows -> rows.stream().anyMatch(fault)).count();
  }
}
