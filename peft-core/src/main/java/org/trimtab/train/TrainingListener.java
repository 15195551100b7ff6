package org.trimtab.train;

import java.util.Map;
import java.util.OptionalDouble;

/** Hears what happens in a training, as it happens. */
public interface TrainingListener {
  /** Hears nothing. */
  TrainingListener NONE = new TrainingListener() {};

  /** The training goes on from a checkpoint after {@code step} updates. */
  default void onResume(long step) {}

  /**
   * An update was made.
   *
   * @param step from 1
   * @param steps of the whole run
   */
  default void onStep(long step, long steps, Trainer.Step done, double learningRate) {}

  /** The dev set, or the part of it that is evaluated while training, was predicted. */
  default void onEvaluation(long step, int epoch, Map<String, OptionalDouble> metrics) {}

  /**
   * What a method showed of the dev set's passes.
   *
   * @param means over the examples, by name, such as a gate's openness
   */
  default void onTrace(long step, Map<String, Double> means) {}

  /**
   * An epoch's updates are all made, and what is evaluated at its end is.
   *
   * @param epoch from 0
   */
  default void onEpochEnd(long step, int epoch) {}

  /** Something is worth knowing; said before the first step. */
  default void onNote(String message) {}

  /** Something looks wrong, but the run goes on. */
  default void onWarning(String message) {}

  /**
   * Whether the training is to end here, as if it had stopped early: it is evaluated once more, and
   * the state to keep is put in place. Asked after each update.
   */
  default boolean endsHere() {
    return false;
  }
}
