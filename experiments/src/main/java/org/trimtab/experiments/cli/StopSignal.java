package org.trimtab.experiments.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ctrl-C, and whatever else asks the process to end: holds it until what runs has saved itself. */
final class StopSignal implements BooleanSupplier, AutoCloseable {
  /** What a shell expects of a process that Ctrl-C ended. */
  static final int INTERRUPTED = 130;

  private static final long PATIENCE_SECONDS = 60;
  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook;
  private final Runnable then;
  private volatile boolean asked;

  StopSignal(PrintWriter err) {
    this(err, () -> {});
  }

  /** As above; {@code then} is done as soon as the process is asked to end. */
  StopSignal(PrintWriter err, Runnable then) {
    this.then = then;
    hook = new Thread(() -> wait(err), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void wait(PrintWriter err) {
    asked = true;
    then.run();
    err.println();
    err.println("stopping after this step ...");
    try {
      if (!saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        err.println("it takes too long; what was saved last stays");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean getAsBoolean() {
    return asked;
  }

  /** The process may end now. */
  @Override
  public void close() {
    saved.countDown();
    if (!asked) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
