package org.trimtab.adapterhub.file;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trimtab.adapter.AdapterFolder;
import org.trimtab.base.UserError;
import org.trimtab.json.JsonObject;

/** Where the files of an adapter and of its head lie. */
public record HubFolder(Path path) {
  static final String SETTINGS = AdapterFolder.SETTINGS;
  static final String VALUES = "adapter.safetensors";
  static final String HEAD_SETTINGS = "head_config.json";
  static final String HEAD_VALUES = "model_head.safetensors";
  private static final String PICKLE = "pytorch_adapter.bin";
  private static final String HEAD_PICKLE = "pytorch_model_head.bin";
  private static final String INSTEAD =
      "as save_adapter(..., use_safetensors=True) writes it (a prefix: docs/adapterhub.md)";

  /** Whether {@code folder} holds an adapter of the adapters library, and none of PEFT's. */
  public static boolean recognises(Path folder) {
    JsonObject json = JsonObject.read(folder.resolve(SETTINGS));
    return !json.has("peft_type") && (json.has("config") || json.has("model_class"));
  }

  /**
   * Finds the files in {@code directory}, or in the one folder below it that is named after its
   * adapter.
   *
   * @throws UserError if they aren't there, are pickles, or are those of several adapters
   */
  public static HubFolder find(Path directory) {
    Path folder = AdapterFolder.find(directory);
    AdapterFolder.requireValues(folder, VALUES, PICKLE, INSTEAD);
    HubFolder found = new HubFolder(folder);
    if (found.hasHead() || Files.exists(found.headValues())) {
      AdapterFolder.requireValues(folder, HEAD_VALUES, HEAD_PICKLE, INSTEAD);
      if (!found.hasHead()) {
        throw new UserError(folder + ": has " + HEAD_VALUES + " and no " + HEAD_SETTINGS);
      }
    }
    return found;
  }

  Path settings() {
    return path.resolve(SETTINGS);
  }

  Path values() {
    return path.resolve(VALUES);
  }

  boolean hasHead() {
    return Files.exists(headSettings());
  }

  Path headSettings() {
    return path.resolve(HEAD_SETTINGS);
  }

  Path headValues() {
    return path.resolve(HEAD_VALUES);
  }

  /** The files whose contents make the adapter. */
  public List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(settings(), values()));
    if (hasHead()) {
      files.addAll(List.of(headSettings(), headValues()));
    }
    return files;
  }
}
