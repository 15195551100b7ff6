package org.trimtab.experiments.sweep;

import java.util.Optional;
import org.trimtab.experiments.sweep.plan.SweepTrial;

/** Which job of a sweep comes next. Not for several threads at once. */
interface Schedule {
  /** A job that can run now; empty where there is none, be it for now or for good. */
  Optional<Scheduled> next();

  /** A job that {@link #next} gave has ended, and its folder says how. */
  void ended(Scheduled job);

  /**
   * A job of a trial.
   *
   * @param untilEpoch after which it is halted; 0: never
   */
  record Scheduled(SweepTrial trial, int untilEpoch) {}
}
