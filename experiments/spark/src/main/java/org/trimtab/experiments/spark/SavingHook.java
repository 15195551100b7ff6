package org.trimtab.experiments.spark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * When this process is asked to end, Spark's own hook ends the executors at once. This one comes
 * before it, and waits until the trials have saved themselves.
 */
final class SavingHook implements AutoCloseable {
  /** Spark's has 40 among Hadoop's hooks, which run one after the other, the highest first. */
  private static final int BEFORE_SPARK = 100;

  private static final long PATIENCE_SECONDS = 60;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable stop;
  private final Runnable hook = this::saveFirst;

  private SavingHook(Runnable stop) {
    this.stop = stop;
  }

  static SavingHook install(Runnable stop) {
    SavingHook saving = new SavingHook(stop);
    ShutdownHookManager.get()
        .addShutdownHook(saving.hook, BEFORE_SPARK, PATIENCE_SECONDS, TimeUnit.SECONDS);
    return saving;
  }

  private void saveFirst() {
    stop.run();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it takes too long
    }
  }

  /** The executors have ended. */
  @Override
  public void close() {
    closed.countDown();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
