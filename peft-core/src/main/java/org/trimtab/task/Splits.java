package org.trimtab.task;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A task's data.
 *
 * @param dev what a run is scored on
 * @param further more dev sets, scored at the end of a run, such as MNLI's mismatched one
 * @param test without gold values
 */
public record Splits<Y>(
    Split<Y> train, Split<Y> dev, List<Split<Y>> further, Optional<Split<Y>> test) {
  /** The dev sets: {@link #dev} first. */
  public List<Split<Y>> withGold() {
    return Stream.concat(Stream.of(dev), further.stream()).toList();
  }

  /** Every part, the training one first. */
  public List<Split<Y>> all() {
    return Stream.of(Stream.of(train, dev), further.stream(), test.stream())
        .flatMap(part -> part)
        .toList();
  }
}
