package org.trimtab.experiments.runs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.trimtab.json.UserError;

/** Keeps a second process out of a run folder; the system frees it when the process dies. */
final class RunLock {
  private RunLock() {}

  /**
   * Does {@code work} while {@code folder}, which is there, is locked.
   *
   * @throws UserError if another process holds it
   */
  static <T> T holding(RunFolder folder, Supplier<T> work) {
    try (FileChannel channel = open(folder.lock())) {
      if (!locked(channel)) {
        throw new UserError(
            folder.path()
                + ": another process runs this trial; wait for it, or name another --runs");
      }
      return work.get();
    } catch (IOException e) {
      throw new UserError(folder.lock() + ": can't be locked: " + e.getMessage(), e);
    }
  }

  /** Closing the channel frees the lock. */
  private static boolean locked(FileChannel channel) throws IOException {
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
      throw new UserError(file + ": can't be written: " + e.getMessage(), e);
    }
  }
}
