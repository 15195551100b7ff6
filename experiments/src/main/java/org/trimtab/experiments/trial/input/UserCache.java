package org.trimtab.experiments.trial.input;

import java.nio.file.Path;

/**
 * The folder of what trials and processes make once and share. It may be deleted at any time when
 * no process runs.
 */
final class UserCache {
  /** The environment variable that names another one. */
  static final String VARIABLE = "TRIMTAB_CACHE";

  private UserCache() {}

  static Path folder() {
    String named = System.getenv().getOrDefault(VARIABLE, "");
    return named.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".trimtab", "cache")
        : Path.of(named);
  }
}
