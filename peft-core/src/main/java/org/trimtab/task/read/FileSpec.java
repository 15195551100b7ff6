package org.trimtab.task.read;

import java.util.Optional;

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
    Optional<String> group) {}
