package org.trimtab.experiments.config;

import java.nio.file.Path;
import java.util.Locale;
import org.trimtab.base.TextFile;

/**
 * A file that comes with Trimtab and is called by its name.
 *
 * @param name the file's, without its ending
 */
public record ShippedFile(Kind kind, String name, Path file) {
  /** What a file says of an experiment, in the order in which an experiment's name has them. */
  public enum Kind {
    TASK,
    METHOD,
    BACKBONE;

    /** Of its files, below {@code configs/}; the word for several, too. */
    public String folder() {
      return name().toLowerCase(Locale.ROOT) + "s";
    }
  }

  /** What it is: the first line of the file's comment. */
  public String description() {
    return new TextFile(file)
        .lines().stream()
            .filter(line -> line.startsWith("# ") && !line.startsWith("# yaml-language-server"))
            .findFirst()
            .map(line -> line.substring(2))
            .orElse("");
  }
}
