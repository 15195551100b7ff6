package org.trimtab.architecture.config;

import java.nio.file.Path;
import java.util.List;
import org.trimtab.architecture.Architecture;
import org.trimtab.architecture.Names;

/**
 * The families that models can be of.
 *
 * @param all each with model types of its own
 */
public record Families(List<Family> all) {
  public Families {
    all = List.copyOf(all);
  }

  /** A configuration as it was read. */
  public record Configuration(Architecture architecture, List<String> warnings) {}

  /**
   * What {@code config.json} of {@code directory} says.
   *
   * @throws org.trimtab.base.UserError if it is missing, lacks a key, names no family of these, or
   *     says of the model what its family's layers don't compute
   */
  public Configuration read(Path directory) {
    return read(ConfigKeys.read(directory.resolve("config.json")));
  }

  /** What {@code keys} say; as {@link #read(Path)}. */
  public Configuration read(ConfigKeys keys) {
    String type = keys.text("model_type");
    Family family =
        all.stream()
            .filter(f -> f.modelTypes().contains(type))
            .findFirst()
            .orElseThrow(
                () ->
                    keys.refused(
                        "model_type",
                        "unknown family; found '" + type + "'; allowed " + modelTypes()));
    Architecture architecture = family.read(keys);
    return new Configuration(architecture, keys.warnings());
  }

  /** Names of modules as models of any family may have them. */
  public List<Names> names() {
    return all.stream().flatMap(family -> family.names().stream()).distinct().toList();
  }

  /** All that are known. */
  public List<String> modelTypes() {
    return all.stream().flatMap(family -> family.modelTypes().stream()).toList();
  }
}
