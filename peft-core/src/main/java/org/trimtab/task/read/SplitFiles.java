package org.trimtab.task.read;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trimtab.base.Invalid;
import org.trimtab.task.Split;

/**
 * The files of a task's splits. Where a file is missing, one that holds a part of it is read:
 * {@code train.subset.tsv} for {@code train.tsv}.
 *
 * @param directory where they lie
 * @param ending of their names
 */
public record SplitFiles(Path directory, String ending) {
  private static final List<String> MAIN = List.of("train", "dev", "test");

  /**
   * Refuses a further part that is called as another one.
   *
   * @param key of the further parts
   * @param taken besides train, dev and test
   */
  public static void requireNames(String key, Set<String> names, Set<String> taken) {
    for (String name : names) {
      if (MAIN.contains(name) || taken.contains(name)) {
        throw new Invalid(key + "." + name, "another part has this name; allowed one of its own");
      }
    }
  }

  /** Reads one file. */
  @FunctionalInterface
  public interface Reader<Y> {
    Split<Y> read(String name, Path file, boolean subset);
  }

  public <Y> Split<Y> read(String name, String file, Reader<Y> reader) {
    Path whole = directory.resolve(file);
    String stem = file.endsWith(ending) ? file.substring(0, file.length() - ending.length()) : file;
    Path part = directory.resolve(stem + ".subset" + ending);
    boolean subset = !Files.exists(whole) && Files.exists(part);
    return reader.read(name, subset ? part : whole, subset);
  }

  /** Empty where the file is missing. */
  public <Y> Optional<Split<Y>> optional(String name, String file, Reader<Y> reader) {
    return Files.exists(directory.resolve(file))
        ? Optional.of(read(name, file, reader))
        : Optional.empty();
  }
}
