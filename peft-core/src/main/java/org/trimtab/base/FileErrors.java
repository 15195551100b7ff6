package org.trimtab.base;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a user is told of a file that the system doesn't let us read or write. */
public final class FileErrors {
  private FileErrors() {}

  /**
   * The refusal for {@code file}, a path or another name of what was to be read.
   *
   * @param cause whose reason is told
   */
  public static UserError unreadable(Object file, IOException cause) {
    return cause instanceof NoSuchFileException
        ? new UserError(file + ": there is no such file", cause)
        : new UserError(file + ": can't be read: " + reason(cause), cause);
  }

  /**
   * The refusal for {@code file}, a path or another name of what was to be written.
   *
   * @param cause whose reason is told
   */
  public static UserError unwritable(Object file, IOException cause) {
    return new UserError(file + ": can't be written: " + reason(cause), cause);
  }

  /** The message of an exception that names its file is that name, often without a reason. */
  private static String reason(IOException cause) {
    if (cause instanceof FileSystemException named) {
      return named.getReason() == null ? named.getClass().getSimpleName() : named.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}
