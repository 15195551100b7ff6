package org.trimtab.experiments.runs;

/** Another process holds a folder: it may be free later. */
public final class LockedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LockedException(String message) {
    super(message);
  }
}
