package org.trimtab.train;

/** A training ended early because it was asked to; its state is saved. */
public final class TrainingStopped extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TrainingStopped(long step) {
    super("stopped after step " + step);
  }
}
