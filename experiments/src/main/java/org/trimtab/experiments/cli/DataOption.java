package org.trimtab.experiments.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where benchmarks' files lie. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder that holds glue/ ($${TRIMTAB_DATA} in experiments).",
      defaultValue = "${env:TRIMTAB_DATA}")
  Optional<Path> data = Optional.empty();

  /** Empty where neither the option nor the environment says it. */
  Optional<Path> folder() {
    return data.filter(d -> !d.toString().isEmpty());
  }
}
