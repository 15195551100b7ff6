package org.trimtab.peft.file;

import java.nio.file.Path;
import java.util.List;
import org.trimtab.adapter.AdapterFolder;

/** Where the files of an adapter lie. */
public record PeftFolder(Path path) {
  static final String SETTINGS = AdapterFolder.SETTINGS;
  static final String VALUES = "adapter_model.safetensors";
  private static final String PICKLE = "adapter_model.bin";

  /**
   * Finds the files in {@code directory}, or in the one folder below it that is named after its
   * adapter.
   *
   * @throws org.trimtab.base.UserError if they aren't there, or are those of several adapters
   */
  public static PeftFolder find(Path directory) {
    Path folder = AdapterFolder.find(directory);
    AdapterFolder.requireValues(folder, VALUES, PICKLE, "as PEFT's save_pretrained writes it");
    return new PeftFolder(folder);
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
