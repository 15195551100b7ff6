package org.trimtab.config;

/**
 * Where a key or a value stands.
 *
 * @param file as the user named it, or what stands for a file, such as {@code --set train.lr=1}
 * @param line from 1; 0 where there are no lines
 */
public record Location(String file, int line, int column) {
  @Override
  public String toString() {
    return line == 0 ? file : file + ":" + line + ":" + column;
  }
}
