package org.trimtab.experiments.config;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** How files of YAML are told from names, and what they are called. */
public final class YamlFile {
  private static final String ENDING = "\\.ya?ml$";

  private YamlFile() {}

  /** A file's name without its ending; the root folder's is nothing. */
  public static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString().replaceFirst(ENDING, "");
  }

  /**
   * Whether a user who writes {@code text} means a file: it is there, or the text has a separator
   * or YAML's ending. All else is a name.
   *
   * @param file that it would be
   */
  public static boolean isMeant(String text, Path file) {
    return text.contains("/")
        || text.contains(File.separator)
        || hasEnding(text)
        || Files.isRegularFile(file);
  }

  static boolean hasEnding(String text) {
    return text.matches(".*" + ENDING);
  }
}
