package org.trimtab.experiments.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.trimtab.json.Json;
import org.trimtab.json.UserError;
import org.trimtab.weights.AtomicFile;

/** The folder of one trial, and the names of its files. */
public record RunFolder(Path path) {
  public Path config() {
    return path.resolve("config.yaml");
  }

  public Path result() {
    return path.resolve("result.json");
  }

  public Path adapter() {
    return path.resolve("adapter");
  }

  Path provenance() {
    return path.resolve("provenance.json");
  }

  Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  Path predictions() {
    return path.resolve("predictions.jsonl");
  }

  /** Whether a trial ended here; its result is the last file that a trial writes. */
  boolean finished() {
    return Files.isRegularFile(result());
  }

  /** Makes the folder, emptied of an earlier trial. */
  void begin() {
    try {
      if (Files.exists(path)) {
        try (Stream<Path> old = Files.walk(path)) {
          for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(adapter());
    } catch (IOException e) {
      throw new UserError(path + ": can't be written: " + e.getMessage(), e);
    }
  }

  /** Adds one line to {@code metrics.jsonl}. */
  void log(Object line) {
    try {
      Files.writeString(
          metrics(),
          Json.line(line) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UserError(metrics() + ": can't be written: " + e.getMessage(), e);
    }
  }

  /** Writes one JSON value a line. */
  static void lines(Path file, List<?> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(value -> text.append(Json.line(value)).append('\n'));
    AtomicFile.writeText(file, text.toString());
  }
}
