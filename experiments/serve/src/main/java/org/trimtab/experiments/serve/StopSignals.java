package org.trimtab.experiments.serve;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** SIGTERM and Ctrl-C: the process ends with 0 once what has come is answered. */
final class StopSignals implements AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);

  /**
   * Hears them from here on.
   *
   * @param patience after which the process ends all the same, as one that a signal has killed
   */
  StopSignals(Duration patience) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(patience), "stop"));
  }

  private void stop(Duration patience) {
    asked.countDown();
    try {
      if (answered.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        Runtime.getRuntime().halt(0); // a JVM that a signal ends has another code else
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the first. */
  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The process may end now. */
  @Override
  public void close() {
    answered.countDown();
  }
}
