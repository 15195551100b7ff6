package org.trimtab.experiments.serve;

/** A request that gets no answer, and why, in one line. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;

  /**
   * @param status of HTTP
   */
  Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  int status() {
    return status;
  }

  /** One line. */
  String told() {
    return String.valueOf(getMessage()).replaceAll("\\R\\s*", " ");
  }
}
