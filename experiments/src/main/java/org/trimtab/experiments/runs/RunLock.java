package org.trimtab.experiments.runs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;

/** Keeps a second process out of a folder; the system frees it when the process dies. */
public final class RunLock {
  /** A process that was just killed may hold it for a moment. */
  private static final long PATIENCE_MILLIS = 2000;

  private static final long PAUSE_MILLIS = 20;

  private RunLock() {}

  /**
   * Does {@code work} while {@code folder}, which is there, is locked.
   *
   * @throws LockedException if another process holds it
   */
  public static <T> T holding(RunFolder folder, Supplier<T> work) {
    return holding(
        folder.lock(),
        folder.path() + ": another process runs this trial; wait for it, or name another --runs",
        work);
  }

  /**
   * Does {@code work} while {@code file}, whose folder is there, is locked.
   *
   * @throws LockedException saying {@code refusal} if another process holds it
   */
  public static <T> T holding(Path file, String refusal, Supplier<T> work) {
    try (FileChannel channel = open(file)) {
      if (!locked(channel)) {
        throw new LockedException(refusal);
      }
      return work.get();
    } catch (IOException e) {
      throw new UserError(file + ": can't be locked: " + e.getMessage(), e);
    }
  }

  /** Closing the channel frees the lock. */
  private static boolean locked(FileChannel channel) throws IOException {
    long end = System.currentTimeMillis() + PATIENCE_MILLIS;
    boolean locked = tryLock(channel);
    while (!locked && System.currentTimeMillis() < end) {
      LockSupport.parkNanos(PAUSE_MILLIS * 1_000_000);
      locked = tryLock(channel);
    }
    return locked;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process holds it already
    }
  }

  private static FileChannel open(Path file) {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw FileErrors.unwritable(file, e);
    }
  }
}
