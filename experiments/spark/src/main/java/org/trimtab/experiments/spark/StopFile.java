package org.trimtab.experiments.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * A file whose presence asks trials to end early. Spark can only kill a task, which would lose what
 * the trial has trained since its last checkpoint.
 */
final class StopFile implements BooleanSupplier {
  /** The file system is asked at most so often. */
  private static final long PAUSE_NANOS = 300_000_000;

  private final Path path;
  private long asked = System.nanoTime() - PAUSE_NANOS;
  private boolean there;

  StopFile(Path path) {
    this.path = path;
  }

  @Override
  public boolean getAsBoolean() {
    long now = System.nanoTime();
    if (!there && now - asked >= PAUSE_NANOS) {
      asked = now;
      there = Files.exists(path);
    }
    return there;
  }

  void write() {
    try {
      Files.writeString(path, "");
    } catch (IOException e) {
      throw new UncheckedIOException("can't ask the trials to stop", e);
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
