package org.trimtab.experiments.sweep.worker;

import java.io.Serializable;
import org.trimtab.experiments.runs.Status;

/**
 * How a job ended.
 *
 * @param message why, where it isn't finished; else empty
 */
public record TrialOutcome(Status status, String message) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Whether there is a result. */
  public boolean scored() {
    return status.scored();
  }

  /** Whether something went wrong that isn't a result. */
  public boolean failed() {
    return status.failed();
  }
}
