package org.trimtab.experiments.runs;

import java.util.List;
import org.trimtab.task.Example;
import org.trimtab.tokenizer.Encoding;
import org.trimtab.tokenizer.Tokenizer;

/**
 * Examples as token ids.
 *
 * @param truncated how many lost tokens
 * @param lost how many of those lost a whole text
 */
record Encoded(List<Encoding> encodings, long truncated, long lost) {
  /** Encodes texts to at most {@code maximumLength} tokens. */
  static Encoded of(List<? extends Example<?>> examples, Tokenizer tokenizer, int maximumLength) {
    List<Encoding> encodings =
        examples.stream().map(e -> tokenizer.encode(e.text(), e.pair(), maximumLength)).toList();
    return new Encoded(
        encodings,
        encodings.stream().filter(Encoding::truncated).count(),
        encodings.stream().filter(Encoding::lostText).count());
  }
}
