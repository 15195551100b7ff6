package org.trimtab.experiments.track.mlflow;

/** A request that a server didn't do. */
final class MlflowFailure extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean lasting;

  /**
   * A failure.
   *
   * @param lasting whether the same request would fail again
   */
  MlflowFailure(String message, boolean lasting) {
    super(message);
    this.lasting = lasting;
  }

  boolean lasting() {
    return lasting;
  }
}
