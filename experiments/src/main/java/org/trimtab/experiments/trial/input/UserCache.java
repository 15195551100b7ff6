package org.trimtab.experiments.trial.input;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of what trials and processes make once and share. It may be deleted at any time when
 * no process runs.
 */
final class UserCache {
  /** The environment variable that names another one. */
  static final String VARIABLE = "TRIMTAB_CACHE";

  private UserCache() {}

  /** Empty where neither the variable nor a home folder is known. */
  static Optional<Path> folder() {
    return folder(System.getenv().getOrDefault(VARIABLE, ""), System.getProperty("user.home", ""));
  }

  /** A user without an account has the home {@code ?}, which would be a folder of this name. */
  static Optional<Path> folder(String named, String home) {
    return named.isEmpty()
        ? Optional.of(Path.of(home, ".trimtab", "cache")).filter(Path::isAbsolute)
        : Optional.of(Path.of(named));
  }
}
