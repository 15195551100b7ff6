package org.trimtab.config;

import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;

/**
 * What files said, and where they said it.
 *
 * @param <T> a record
 */
public final class Loaded<T> {
  private final T value;
  private final ConfigNode written;
  private final ConfigNode places;

  /**
   * What was read.
   *
   * @param places what files say, those that {@code written} names among them
   */
  Loaded(T value, ConfigNode written, ConfigNode places) {
    this.value = value;
    this.written = written;
    this.places = places;
  }

  public T value() {
    return value;
  }

  /** Whether a file gives {@code key}, a path from the root, a value. */
  public boolean says(String key) {
    return written.lookup(key).isPresent();
  }

  /**
   * What a file says of {@code key}, as it is written; nothing where no file says it.
   *
   * @param key a path from the root, such as {@code methods[0]}
   */
  public String text(String key) {
    return written.lookup(key).map(ConfigNode::text).orElse("");
  }

  /**
   * A refusal that came after the loading, a line for each key, told at the key's place; a key that
   * has its default is told at the nearest that holds it.
   *
   * @param refusal its keys are paths from the root, such as {@code train.groups.head.lr}
   */
  public UserError at(Invalid refusal) {
    Problems problems = new Problems();
    problems.addAll(refusal, "", places);
    return problems.error();
  }
}
