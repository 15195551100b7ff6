package org.trimtab.experiments.trial.input;

import java.nio.file.Path;
import java.util.Optional;
import org.trimtab.model.StateStore;

/**
 * Kept states in a file that any number of processes may share. When it is full no more are added:
 * they are computed where they are needed.
 *
 * @param full from how many bytes on
 */
record SqliteStates(SqliteFile file, long full) implements StateStore {
  private static final long FULL = 4L << 30;

  SqliteStates(Path file, long full) {
    this(new SqliteFile(Optional.of(file)), full);
  }

  /** The user's own. */
  static SqliteStates ofUser() {
    return new SqliteStates(SqliteFile.ofUser("states.sqlite"), FULL);
  }

  @Override
  public Optional<byte[]> find(String key) {
    return file.find(key);
  }

  @Override
  public void put(String key, byte[] values) {
    if (file.size() < full) {
      file.put(key, values);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
