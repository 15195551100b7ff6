package org.trimtab.experiments.sweep.plan;

import jakarta.inject.Inject;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.config.ConfigLoader;
import org.trimtab.config.ConfigTypes;
import org.trimtab.config.Loaded;
import org.trimtab.config.SchemaWriter;
import org.trimtab.config.Variables;
import org.trimtab.experiments.config.ShippedFile;
import org.trimtab.experiments.config.ShippedFiles;
import org.trimtab.experiments.config.YamlFile;

/** Sweep files. */
public final class SweepFiles {
  private final ConfigTypes types =
      ConfigTypes.builder()
          .add(Distribution.class, "uniform", Distribution.Uniform.class)
          .add(Distribution.class, "log-uniform", Distribution.LogUniform.class)
          .add(Distribution.class, "integer", Distribution.WholeNumber.class)
          .add(Distribution.class, "choice", Distribution.Choice.class)
          .build();

  private final ShippedFiles shipped;

  @Inject
  public SweepFiles(ShippedFiles shipped) {
    this.shipped = shipped;
  }

  /**
   * Loads a sweep.
   *
   * @throws org.trimtab.base.UserError with all that is wrong
   */
  public SweepConfig load(Path file) {
    Loaded<SweepConfig> loaded =
        new ConfigLoader(types, defaults(), Variables.LATER)
            .read(List.of(file), List.of(), SweepConfig.class);
    SweepConfig config = loaded.value();
    return config.withFiles(
        files("methods", config.methods(), ShippedFile.Kind.METHOD, loaded),
        files("tasks", config.tasks(), ShippedFile.Kind.TASK, loaded));
  }

  private List<Path> files(
      String key, List<Path> told, ShippedFile.Kind kind, Loaded<SweepConfig> loaded) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      String item = key + "[" + i + "]";
      String text = loaded.text(item);
      Path file = told.get(i);
      Optional<Path> found =
          YamlFile.isMeant(text, file)
              ? Optional.of(file).filter(Files::isRegularFile)
              : shipped.find(text, kind).map(ShippedFile::file);
      files.add(found.orElseThrow(() -> loaded.at(new Invalid(item, refusal(text, file, kind)))));
    }
    return files;
  }

  private String refusal(String text, Path file, ShippedFile.Kind kind) {
    return YamlFile.isMeant(text, file)
        ? "there is no such file; found " + file
        : shipped.refusal(text, kind);
  }

  /** The JSON Schema of sweep files. */
  public Map<String, Object> schema() {
    return new SchemaWriter(types).write(SweepConfig.class, defaults(), "A Trimtab sweep");
  }

  private static Optional<URL> defaults() {
    return Optional.ofNullable(SweepFiles.class.getResource("sweep.yaml"));
  }
}
