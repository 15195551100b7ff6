package org.trimtab.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.trimtab.tokenizer.Encoding;

/**
 * Examples as token ids.
 *
 * @param examples the choices of each
 * @param truncated how many lost tokens
 * @param lost how many of those lost a whole text
 * @param lostSpans how many lost a marked place
 */
record Encoded(List<List<Encoding>> examples, long truncated, long lost, long lostSpans) {
  static Encoded of(List<List<Encoding>> examples) {
    return new Encoded(
        examples,
        count(examples, Encoding::truncated),
        count(examples, Encoding::lostText),
        count(examples, Encoding::lostSpan));
  }

  /** Of all texts. */
  long tokens() {
    return examples.stream().flatMap(List::stream).mapToLong(Encoding::length).sum();
  }

  /** Of each example, whether a row of it lost tokens. */
  List<Boolean> whichTruncated() {
    return examples.stream().map(rows -> rows.stream().anyMatch(Encoding::truncated)).toList();
  }

  /** What is wrong with the examples of {@code splits}, in words. */
  static List<String> warnings(List<Encoded> splits) {
    long lost = splits.stream().mapToLong(Encoded::lost).sum();
    long lostSpans = splits.stream().mapToLong(Encoded::lostSpans).sum();
    List<String> warnings = new ArrayList<>();
    if (lost > 0) {
      warnings.add(
          lost
              + " examples lost a whole text: a larger data.maximum_length or a shorter prompt"
              + " leaves room for it");
    }
    if (lostSpans > 0) {
      warnings.add(
          lostSpans
              + " examples lost a marked place, for which the head reads [CLS]: a larger"
              + " data.maximum_length leaves room for it");
    }
    return warnings;
  }

  private static long count(List<List<Encoding>> examples, Predicate<Encoding> fault) {
    return examples.stream().filter(rows -> rows.stream().anyMatch(fault)).count();
  }
}
