package org.trimtab.task.read;

import java.util.Optional;
import org.trimtab.base.Check;

/**
 * One file of rows and columns. A column is a name of the header line, a number from 0 on, or
 * {@code last}.
 *
 * @param header whether the first line names the columns
 * @param text the column of the text
 * @param pair the column of the second text
 * @param label the column of the gold value
 */
public record TableFile(
    String file, boolean header, String text, Optional<String> pair, Optional<String> label) {
  public TableFile {
    Check.all(
        () -> Check.differ("pair", pair, "text", Optional.of(text)),
        () -> Check.differ("label", label, "text", Optional.of(text)),
        () -> Check.differ("label", label, "pair", pair));
  }
}
