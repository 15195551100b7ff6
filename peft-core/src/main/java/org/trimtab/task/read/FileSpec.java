package org.trimtab.task.read;

import java.util.Optional;
import org.trimtab.base.Check;

/**
 * One file, and the fields of its objects; {@code a.b} is the field b of the object a.
 *
 * @param text the field of the text
 * @param pair the field of the second text
 * @param label the field of the gold value: a text, a number or a truth value
 * @param group the field that examples of one group share, such as Winogender's {@code pair_id}
 */
public record FileSpec(
    String file,
    String text,
    Optional<String> pair,
    Optional<String> label,
    Optional<String> group) {
  /** A group may well be what one text is, such as a passage with several questions. */
  public FileSpec {
    Check.all(
        () -> Check.differ("pair", pair, "text", Optional.of(text)),
        () -> Check.differ("label", label, "text", Optional.of(text)),
        () -> Check.differ("label", label, "pair", pair),
        () -> Check.differ("group", group, "label", label));
  }
}
