package org.trimtab.peft.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.base.FileErrors;
import org.trimtab.base.UserError;

/** Where the files of an adapter lie. */
public record PeftFolder(Path path) {
  static final String SETTINGS = "adapter_config.json";
  static final String VALUES = "adapter_model.safetensors";
  private static final String PICKLE = "adapter_model.bin";

  /**
   * Finds the files in {@code directory}, or in the one folder below it that is named after its
   * adapter.
   *
   * @throws UserError if they aren't there, or are those of several adapters
   */
  public static PeftFolder find(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          directory
              + (Files.exists(directory) ? ": a file" : ": there is no such folder")
              + "; allowed a folder with "
              + SETTINGS);
    }
    PeftFolder own = new PeftFolder(directory);
    return Files.exists(own.settings()) ? own.whole() : named(directory).whole();
  }

  private static PeftFolder named(Path directory) {
    try (Stream<Path> below = Files.list(directory)) {
      List<Path> adapters =
          below.filter(folder -> Files.exists(folder.resolve(SETTINGS))).sorted().toList();
      if (adapters.size() == 1) {
        return new PeftFolder(adapters.get(0));
      }
      if (adapters.isEmpty()) {
        throw new UserError(
            directory
                + ": no adapter of Hugging Face PEFT: it has no "
                + SETTINGS
                + "; of a run, trimtab export --format peft makes one");
      }
      throw new UserError(
          directory
              + ": holds several adapters; allowed the folder of one: "
              + adapters.stream().map(Path::toString).collect(Collectors.joining(", ")));
    } catch (IOException e) {
      throw FileErrors.unreadable(directory, e);
    }
  }

  private PeftFolder whole() {
    if (!Files.exists(values())) {
      throw new UserError(
          Files.exists(path.resolve(PICKLE))
              ? path.resolve(PICKLE)
                  + ": a pickle, which runs code when it is read; allowed "
                  + VALUES
                  + ", as PEFT's save_pretrained writes it"
              : path + ": has no " + VALUES);
    }
    return this;
  }

  Path settings() {
    return path.resolve(SETTINGS);
  }

  Path values() {
    return path.resolve(VALUES);
  }

  /** The files whose contents make the adapter. */
  public List<Path> files() {
    return List.of(settings(), values());
  }
}
