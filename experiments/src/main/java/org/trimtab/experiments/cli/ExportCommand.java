package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.trimtab.base.UserError;
import org.trimtab.experiments.config.ExperimentConfig;
import org.trimtab.experiments.export.ExportFormat;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedRuns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a finished run's model for another program. */
@Command(
    name = "export",
    description = {
      "Writes a finished run's model in the format of another program.",
      "peft: a folder that Hugging Face PEFT loads onto AutoModelForSequenceClassification."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  trimtab export --format peft runs/mrpc-lora/ID mrpc-lora")
final class ExportCommand implements Callable<Integer> {
  @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "peft.")
  String format = "";

  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "A run folder, or an adapter folder alone.")
  Path run = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description = "Where to write; what of that format is there is replaced.")
  Path out = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of the saved experiment, such as backbone.directory; repeatable.")
  List<String> sets = List.of();

  @Spec CommandSpec spec = CommandSpec.create();
  private final SavedRuns saved;
  private final Map<String, ExportFormat> formats;

  @Inject
  ExportCommand(SavedRuns saved, Map<String, ExportFormat> formats) {
    this.saved = saved;
    this.formats = formats;
  }

  @Override
  public Integer call() {
    ExportFormat chosen = formats.get(format);
    if (chosen == null) {
      throw new UserError(
          "--format: found "
              + format
              + "; allowed "
              + String.join(", ", new ArrayList<>(formats.keySet())));
    }
    RunFolder folder = new RunFolder(run);
    ExperimentConfig config = saved.configOf(folder, sets, Optional.empty());
    chosen
        .export(new ExportFormat.Request(config, folder, out, Map.of()))
        .forEach(spec.commandLine().getOut()::println);
    return 0;
  }
}
