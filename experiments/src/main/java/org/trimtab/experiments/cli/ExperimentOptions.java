package org.trimtab.experiments.cli;

import java.nio.file.Path;
import java.util.List;
import org.trimtab.config.Loaded;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.config.ExperimentFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What names an experiment on the command line. */
final class ExperimentOptions {
  @Parameters(paramLabel = "FILE", description = "The experiment, a YAML file.")
  Path file = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of the experiment, e.g. --set train.lr=1e-3; repeatable.")
  List<String> sets = List.of();

  @Mixin DataOption data = new DataOption();

  Loaded<ExperimentConfig> read(ExperimentFiles experiments) {
    return experiments.read(file, sets, data.folder());
  }

  /** The file's name without its ending. */
  String name() {
    return ExperimentFiles.name(file);
  }
}
