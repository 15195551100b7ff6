package org.trimtab.task;

import java.util.List;
import java.util.Optional;
import org.trimtab.tokenizer.Texts;

/**
 * What is to be judged, with its gold value where it is known.
 *
 * @param source the file and line that it stands at
 * @param choices what a model reads of it: one text or pair, or one for each choice
 */
public record Example<Y>(
    String source, List<Texts> choices, Optional<Y> gold, BenchmarkIds origin) {
  /** A text, or a pair of them. */
  public Example(String source, String text, Optional<String> pair, Optional<Y> gold) {
    this(source, List.of(new Texts(text, pair)), gold, BenchmarkIds.UNKNOWN);
  }

  /** The text of the first choice. */
  public String text() {
    return choices.get(0).text();
  }

  /** The second text of the first choice. */
  public Optional<String> pair() {
    return choices.get(0).pair();
  }
}
