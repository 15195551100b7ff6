package org.trimtab.experiments.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.trimtab.base.UserError;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where benchmarks' files lie. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder that holds glue/ ($${TRIMTAB_DATA} in experiments).",
      defaultValue = "${env:TRIMTAB_DATA}")
  Optional<Path> data = Optional.empty();

  /**
   * Refuses the option for a run, which says itself where its data lie.
   *
   * @param told a run's folder, or an experiment's file
   */
  static void requireNone(CommandSpec spec, Path told) {
    if (Files.isDirectory(told) && spec.commandLine().getParseResult().hasMatchedOption("--data")) {
      throw new UserError(
          "--data: the run " + told + " has its own; allowed --set task.directory=DIR");
    }
  }

  /** Empty where neither the option nor the environment says it. */
  Optional<Path> folder() {
    return data.filter(d -> !d.toString().isEmpty());
  }
}
