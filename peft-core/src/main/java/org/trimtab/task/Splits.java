package org.trimtab.task;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A task's data.
 *
 * @param dev what a run is scored on
 * @param further more dev sets, scored at the end of a run, such as MNLI's mismatched one
 * @param tests without gold values, such as MNLI's two test sets
 */
public record Splits<Y>(
    Split<Y> train, Split<Y> dev, List<Split<Y>> further, List<Split<Y>> tests) {
  /** The dev sets: {@link #dev} first. */
  public List<Split<Y>> withGold() {
    return Stream.concat(Stream.of(dev), further.stream()).toList();
  }

  /** Those that a result depends on: of the training examples and of each dev set. */
  public List<Path> files() {
    return Stream.concat(Stream.of(train), withGold().stream()).map(Split::file).toList();
  }

  /** Every part, the training one first. */
  public List<Split<Y>> all() {
    return Stream.of(Stream.of(train, dev), further.stream(), tests.stream())
        .flatMap(part -> part)
        .toList();
  }
}
