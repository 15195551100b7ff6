package org.trimtab.experiments.sweep.plan;

import jakarta.inject.Inject;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.config.ConfigLoader;
import org.trimtab.config.ConfigTypes;
import org.trimtab.config.ConfigWriter;
import org.trimtab.config.Loaded;
import org.trimtab.config.SchemaWriter;
import org.trimtab.config.Variables;

/** Sweep files. */
public final class SweepFiles {
  private final ConfigTypes types =
      ConfigTypes.builder()
          .add(Distribution.class, "uniform", Distribution.Uniform.class)
          .add(Distribution.class, "log-uniform", Distribution.LogUniform.class)
          .add(Distribution.class, "integer", Distribution.WholeNumber.class)
          .add(Distribution.class, "choice", Distribution.Choice.class)
          .build();

  @Inject
  public SweepFiles() {}

  /**
   * Loads a sweep.
   *
   * @throws org.trimtab.base.UserError with all that is wrong
   */
  public SweepConfig load(Path file) {
    Loaded<SweepConfig> loaded =
        new ConfigLoader(types, defaults(), Variables.NONE)
            .read(List.of(file), List.of(), SweepConfig.class);
    requireThere("methods", loaded.value().methods(), loaded);
    requireThere("tasks", loaded.value().tasks(), loaded);
    return loaded.value();
  }

  private static void requireThere(String key, List<Path> files, Loaded<SweepConfig> loaded) {
    for (int i = 0; i < files.size(); i++) {
      if (!Files.isRegularFile(files.get(i))) {
        throw loaded.at(
            new Invalid(key + "[" + i + "]", "there is no such file; found " + files.get(i)));
      }
    }
  }

  /** The whole of a sweep as YAML that {@link #load} reads. */
  public String write(SweepConfig config) {
    return new ConfigWriter(types).write(config);
  }

  /** The JSON Schema of sweep files. */
  public Map<String, Object> schema() {
    return new SchemaWriter(types).write(SweepConfig.class, defaults(), "A Trimtab sweep");
  }

  private static Optional<URL> defaults() {
    return Optional.ofNullable(SweepFiles.class.getResource("sweep.yaml"));
  }
}
