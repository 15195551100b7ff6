package org.trimtab.experiments.serve;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * SIGTERM and Ctrl-C: the first asks to stop, a second stops at once. Not by a shutdown hook, as
 * which the process couldn't end with 0, nor hear a second signal; Java has no other way.
 */
final class StopSignals {
  private static final int AT_ONCE = 130;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicBoolean once = new AtomicBoolean();

  StopSignals() {
    for (String name : List.of("TERM", "INT")) {
      Signal.handle(new Signal(name), signal -> stop());
    }
  }

  private void stop() {
    if (once.getAndSet(true)) {
      Runtime.getRuntime().halt(AT_ONCE);
    }
    asked.countDown();
  }

  /** Waits for the first. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
