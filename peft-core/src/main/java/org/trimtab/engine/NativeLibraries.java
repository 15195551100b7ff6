package org.trimtab.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.base.UserError;

/** Where DJL unpacks the native libraries of its engine and its tokenizers. */
public final class NativeLibraries {
  /** The environment variable, or property, by which DJL is told its folder. */
  private static final String VARIABLE = "DJL_CACHE_DIR";

  private NativeLibraries() {}

  /**
   * Names a folder that can be written where the user names none: {@code .djl.ai} in the home
   * folder, or else in the one for temporary files. Must run before the first touch of DJL.
   *
   * @throws UserError if there is none, which DJL would tell as a fault of the file it reads
   */
  public static void findFolder() {
    Optional<Path> named =
        Stream.of(System.getenv(VARIABLE), System.getProperty(VARIABLE))
            .filter(name -> name != null && !name.isEmpty())
            .findFirst()
            .map(Path::of);
    if (named.isEmpty()) {
      System.setProperty(VARIABLE, folder().toString());
    } else if (!Files.isDirectory(named.get()) && !WritableFolder.is(named.get())) {
      throw refusal(List.of(named.get()));
    }
  }

  private static Path folder() {
    List<Path> tried =
        Stream.of("user.home", "java.io.tmpdir")
            .map(property -> Path.of(System.getProperty(property, ""), ".djl.ai"))
            .filter(Path::isAbsolute) // a user without an account has the home ?
            .distinct()
            .toList();
    return tried.stream().filter(WritableFolder::is).findFirst().orElseThrow(() -> refusal(tried));
  }

  private static UserError refusal(List<Path> tried) {
    return new UserError(
        "no folder for the engine's native libraries can be written; found "
            + String.join(", ", tried.stream().map(Path::toString).toList())
            + "; allowed another one, by the environment variable "
            + VARIABLE);
  }
}
