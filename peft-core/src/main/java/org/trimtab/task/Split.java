package org.trimtab.task;

import java.nio.file.Path;
import java.util.List;

/**
 * A part of a task's data.
 *
 * @param name such as {@code train} or {@code dev}
 * @param file where it was read
 * @param subset whether the file holds only a part of the official split
 * @param skipped rows that were too short to be read
 */
public record Split<Y>(
    String name, Path file, boolean subset, int skipped, List<Example<Y>> examples) {
  /** The same examples under another name. */
  public Split<Y> named(String other) {
    return new Split<>(other, file, subset, skipped, examples);
  }

  /** The gold values, of a split in which each example has one. */
  public List<Y> gold() {
    return examples.stream().map(e -> e.gold().orElseThrow()).toList();
  }
}
