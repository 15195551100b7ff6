package org.trimtab.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Paths as the system opens them, which {@link Path#normalize} doesn't know. */
public final class SystemPath {
  private static final Path HERE = Path.of("");

  private SystemPath() {}

  /**
   * A shorter spelling of {@code path} that opens the same file: {@code x/..} goes only where
   * {@code x} is a folder itself. Behind a link to one, {@code ..} is the parent of what the link
   * leads to; and of what isn't there the whole path is to be told.
   */
  public static Path shortened(Path path) {
    Path result = path.isAbsolute() ? path.getRoot() : HERE;
    for (Path name : path) {
      boolean up = name.toString().equals("..");
      boolean goes = name.toString().equals(".") || (up && canGoUp(result));
      if (!goes || !isFolder(result)) {
        result = result.resolve(name);
      } else if (up) {
        result = parent(result);
      }
    }
    return result.equals(HERE) ? Path.of(".") : result;
  }

  private static boolean canGoUp(Path path) {
    return !path.equals(HERE) && !path.endsWith("..");
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The root's is the root. */
  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent != null) {
      return parent;
    }
    return path.isAbsolute() ? path : HERE;
  }

  /** The one path of a file that is there, without links; of another one the whole path. */
  public static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath();
    }
  }
}
