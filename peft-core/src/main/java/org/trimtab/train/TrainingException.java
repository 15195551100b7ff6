package org.trimtab.train;

/** A training that can't go on; the message names the problem and what may mend it. */
public final class TrainingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TrainingException(String message) {
    super(message);
  }
}
