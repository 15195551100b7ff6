package org.trimtab.experiment;

import java.util.Optional;
import org.trimtab.base.Check;

/**
 * How often a training's state is saved, so that {@code resume} can go on from it. It moves no
 * result.
 *
 * @param steps updates between two checkpoints; absent: not by steps
 * @param seconds between two checkpoints; absent: not by time
 */
public record CheckpointConfig(Optional<Integer> steps, Optional<Double> seconds) {
  /** Never by itself. */
  static final CheckpointConfig NEVER = new CheckpointConfig(Optional.empty(), Optional.empty());

  public CheckpointConfig {
    Check.all(
        () -> steps.ifPresent(value -> Check.positive("steps", value)),
        () -> seconds.ifPresent(value -> Check.positive("seconds", value)));
  }
}
