package org.trimtab.experiments.sweep.worker;

import java.io.Serializable;

/**
 * How a job ended.
 *
 * @param message why, where it isn't finished; else empty
 */
public record TrialOutcome(Status status, String message) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The ways to end. */
  public enum Status {
    /** There is a result. */
    FINISHED,
    /** There is a result, and the model gives every example the same value. */
    COLLAPSED,
    /** Its epochs are over; it can go on. */
    HALTED,
    /** The training can't go on: that is a result too, of these settings. */
    DIVERGED,
    /** Its files or settings don't fit together. */
    REFUSED,
    /** Something else went wrong in it. */
    FAILED,
    /** Its process was lost, more often than it is tried again, or another one is at it. */
    LOST,
    /** It was asked to end early; it can go on. */
    STOPPED
  }

  /** Whether there is a result. */
  public boolean scored() {
    return status == Status.FINISHED || status == Status.COLLAPSED;
  }

  /** Whether something went wrong that isn't a result. */
  public boolean failed() {
    return status == Status.REFUSED || status == Status.FAILED || status == Status.LOST;
  }
}
