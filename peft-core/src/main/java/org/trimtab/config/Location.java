package org.trimtab.config;

/**
 * Where a key or a value stands.
 *
 * @param file as the user named it, or what stands for a file, such as {@code --set train.lr=1}
 * @param line from 1; 0 where there are no lines, and -1 in the program's own defaults
 */
public record Location(String file, int line, int column) {
  /** In a default, where no user can mend anything. */
  static Location ofDefault(String file) {
    return new Location(file, -1, 0);
  }

  boolean isDefault() {
    return line == -1;
  }

  @Override
  public String toString() {
    return line <= 0 ? file : file + ":" + line + ":" + column;
  }
}
