package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.trimtab.experiments.changes.SavedUse;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.SavedRun;
import org.trimtab.experiments.trial.SavedRuns;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores a finished run's saved model anew. */
@Command(
    name = "evaluate",
    description = "Scores a finished run's saved model on its dev data.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  trimtab evaluate runs/quickstart/ID")
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "A run folder.")
  Path run = Path.of("");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of the saved experiment, such as task.directory; repeatable.")
  List<String> sets = List.of();

  @Spec CommandSpec spec = CommandSpec.create();
  private final SavedRuns saved;

  @Inject
  EvaluateCommand(SavedRuns saved) {
    this.saved = saved;
  }

  @Override
  public Integer call() {
    RunFolder folder = new RunFolder(run);
    try (SavedRun<?> run = saved.open(saved.configOf(folder, sets, SavedUse.SCORES), folder)) {
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
