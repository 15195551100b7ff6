package org.trimtab.base;

import java.util.function.Supplier;

/**
 * Something that the user can mend: a wrong file, path, key or value.
 *
 * <p>The message is complete: it names the file and the place in it, what was found and what is
 * allowed. A command prints it without a stack trace and exits with 2.
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What {@code reader} gives, which reads a file that Trimtab wrote.
   *
   * @param remedy what a user can do where the file is damaged, a sentence without its end
   * @throws UserError the reader's, with the remedy
   */
  public static <T> T advising(String remedy, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (UserError e) {
      throw new UserError(e.getMessage() + "; " + remedy, e);
    }
  }
}
