package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedRun;
import org.trimtab.experiments.trial.SavedRuns;
import org.trimtab.tuning.SavedUse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores a finished run's saved model anew. */
@Command(
    name = "evaluate",
    description =
        "Scores a finished run's saved model, or an adapter of another library, on its dev data.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  trimtab evaluate runs/quickstart/ID",
      "  trimtab evaluate with-adapter.yaml --data DIR"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN",
      description = "A run folder, or an experiment's file that names an adapter.")
  Path run = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of the saved experiment, such as task.directory; repeatable.")
  List<String> sets = List.of();

  @Mixin EngineOption engine = new EngineOption();
  @Mixin DataOption data = new DataOption();

  @Spec CommandSpec spec = CommandSpec.create();
  private final SavedRuns saved;

  @Inject
  EvaluateCommand(SavedRuns saved) {
    this.saved = saved;
  }

  @Override
  public Integer call() {
    DataOption.requireNone(spec, run);
    RunFolder folder = new RunFolder(run);
    ExperimentConfig config = saved.configOf(folder, sets, data.folder(), SavedUse.SCORES);
    try (SavedRun<?> run = saved.open(config, folder, engine.engine())) {
      run.warning().ifPresent(spec.commandLine().getErr()::println);
      run.metrics().forEach(this::print);
    }
    return 0;
  }

  private void print(String metric, OptionalDouble value) {
    spec.commandLine()
        .getOut()
        .println(
            String.format(Locale.ROOT, "%-26s %s", "dev " + metric, ResultTable.number(value)));
  }
}
