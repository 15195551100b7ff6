package org.trimtab.task;

import java.util.List;
import java.util.Optional;

/**
 * A task's data.
 *
 * @param dev what a run is scored on
 * @param further more dev sets, scored at the end of a run, such as MNLI's mismatched one
 * @param test without gold values
 */
public record Splits<Y>(
    Split<Y> train, Split<Y> dev, List<Split<Y>> further, Optional<Split<Y>> test) {}
