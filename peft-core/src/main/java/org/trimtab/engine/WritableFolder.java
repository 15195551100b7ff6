package org.trimtab.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that files can be made in: known by making one, as a system may say yes and refuse. */
public final class WritableFolder {
  private WritableFolder() {}

  /** Whether files can be made in {@code folder}, which is made where it is missing. */
  public static boolean is(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "trimtab", ".tmp"));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
