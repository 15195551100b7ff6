package org.trimtab.experiments.serve;

/** How many requests have come and have no answer yet. */
final class InFlight {
  private int requests;

  synchronized void begin() {
    requests++;
  }

  synchronized void end() {
    requests--;
    notifyAll();
  }

  /** Waits until there is none, at most so long. */
  synchronized void await(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    try {
      for (long left = millis; requests > 0 && left > 0; ) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
