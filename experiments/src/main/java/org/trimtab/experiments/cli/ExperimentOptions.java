package org.trimtab.experiments.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.UserError;
import org.trimtab.config.Loaded;
import org.trimtab.config.Setting;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.config.ExperimentParts;
import org.trimtab.experiments.config.ShippedFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What names an experiment on the command line. */
final class ExperimentOptions {
  @Parameters(
      arity = "1..*",
      paramLabel = "FILE_OR_NAME",
      description = {
        "YAML files of the experiment, and names of those that come along (trimtab tasks, methods,"
            + " backbones), merged from left to right: a later one lies over an earlier one.",
        "An argument is a file if one of that name is here, or if it has a / or ends in .yaml or"
            + " .yml; else it is a name. So a file called lora in this folder wins over the method"
            + " lora, one called lora.yaml doesn't.",
        "Of what comes along, one task, one method and one backbone, in any order; two of a kind,"
            + " by name or by file, are an error. Files of your own are merged as they are."
      })
  List<String> parts = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What the experiment and its folder of runs are called (default: the names of its"
              + " files, joined by -, such as mrpc-lora).")
  Optional<String> name = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of the experiment, e.g. --set train.lr=1e-3; repeatable.")
  List<String> sets = List.of();

  @Mixin DataOption data = new DataOption();

  /** The experiment's parts under the name that its runs go by. */
  ExperimentParts parts(ShippedFiles shipped) {
    name.ifPresent(ExperimentOptions::requireFolderName);
    ExperimentParts told = ExperimentParts.of(parts, Path.of(""), shipped);
    return new ExperimentParts(told.files(), name.orElse(told.name()));
  }

  Loaded<ExperimentConfig> read(ExperimentParts of, ExperimentFiles experiments) {
    return experiments.read(of.files(), Setting.ofCommandLine(sets), data.folder());
  }

  private static void requireFolderName(String name) {
    if (!name.matches("[^/\\\\]*[^/\\\\.\\s][^/\\\\]*")) {
      throw new UserError(
          "--name: found " + name + "; allowed a name of one folder, without / and \\");
    }
  }
}
