package org.trimtab.config;

import java.nio.file.Path;

/**
 * What another file says of an experiment that names it: settings that lie under the experiment's
 * own and over the program's defaults.
 *
 * @param key of the root, which names the file
 * @param source makes a mapping of what the file says, in YAML
 */
public record Underlay(String key, Source source) {
  /** Reads the file. */
  @FunctionalInterface
  public interface Source {
    /**
     * YAML with keys of the root.
     *
     * @throws org.trimtab.base.UserError if the file is none
     */
    String read(Path file);
  }
}
