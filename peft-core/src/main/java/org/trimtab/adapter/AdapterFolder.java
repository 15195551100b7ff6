package org.trimtab.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;

/** Where the files of an adapter lie, whichever library has saved it. */
public final class AdapterFolder {
  /** What says of a folder that it holds an adapter. */
  public static final String SETTINGS = "adapter_config.json";

  private AdapterFolder() {}

  /**
   * The folder with the settings: {@code directory}, or the one folder below it that has them and
   * is named after its adapter.
   *
   * @throws UserError if there is none, or several
   */
  public static Path find(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          directory
              + (Files.exists(directory) ? ": a file" : ": there is no such folder")
              + "; allowed a folder with "
              + SETTINGS);
    }
    return Files.exists(directory.resolve(SETTINGS)) ? directory : named(directory);
  }

  private static Path named(Path directory) {
    try (Stream<Path> below = Files.list(directory)) {
      List<Path> adapters =
          below.filter(folder -> Files.exists(folder.resolve(SETTINGS))).sorted().toList();
      if (adapters.size() == 1) {
        return adapters.get(0);
      }
      if (adapters.isEmpty()) {
        throw new UserError(
            directory
                + ": no adapter of Hugging Face PEFT or of the adapters library: it has no "
                + SETTINGS
                + "; of a run, trimtab export makes one");
      }
      throw new UserError(
          directory
              + ": holds several adapters; allowed the folder of one: "
              + adapters.stream().map(Path::toString).collect(Collectors.joining(", ")));
    } catch (IOException e) {
      throw FileErrors.unreadable(directory, e);
    }
  }

  /**
   * Refuses a folder whose values aren't there, or are a pickle.
   *
   * @param pickle the file that has them in its place, where the library was asked for none
   * @param instead what would make {@code values}
   * @throws UserError if {@code values} is missing
   */
  public static void requireValues(Path folder, String values, String pickle, String instead) {
    if (!Files.exists(folder.resolve(values))) {
      throw new UserError(
          Files.exists(folder.resolve(pickle))
              ? folder.resolve(pickle)
                  + ": a pickle, which runs code when it is read; allowed "
                  + values
                  + ", "
                  + instead
              : folder + ": has no " + values);
    }
  }
}
