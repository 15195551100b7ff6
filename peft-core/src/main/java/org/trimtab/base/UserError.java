package org.trimtab.base;

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
}
