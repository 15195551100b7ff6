package org.trimtab.task;

import java.util.List;
import java.util.Optional;
import org.trimtab.tokenizer.Texts;

/**
 * What is to be judged, with its gold value where it is known.
 *
 * @param place the file and line that it stands at
 * @param rows what a model reads of it: one text or pair; one for each choice of a multiple choice
 */
public record Example<Y>(String place, List<Texts> rows, Optional<Y> gold, Origin origin) {
  /** A text, or a pair of them. */
  public Example(String place, String text, Optional<String> pair, Optional<Y> gold) {
    this(place, List.of(new Texts(text, pair)), gold, Origin.UNKNOWN);
  }

  /** The text of the first row. */
  public String text() {
    return rows.get(0).text();
  }

  /** The second text of the first row. */
  public Optional<String> pair() {
    return rows.get(0).pair();
  }
}
