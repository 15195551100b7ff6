package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.trimtab.experiments.changes.Change;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.trial.Runner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Goes on with a run that was interrupted. */
@Command(
    name = "resume",
    description = {
      "Goes on with a run that was interrupted, from its last checkpoint.",
      "The result is the same, bit for bit, as that of a run that was never disturbed."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  trimtab resume runs/quickstart/ID",
      "  trimtab resume runs/quickstart/ID --allow=version"
    })
final class ResumeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "A run folder.")
  Path run = Path.of("");

  @Option(
      names = "--allow",
      split = ",",
      paramLabel = "CHANGE",
      description =
          "What may have changed since the run began: ${COMPLETION-CANDIDATES}. The result is then"
              + " no longer that of an undisturbed run.")
  List<Change> allowed = List.of();

  @Spec CommandSpec spec = CommandSpec.create();
  private final Runner runner;

  @Inject
  ResumeCommand(Runner runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() {
    Set<Change> changes = EnumSet.noneOf(Change.class);
    changes.addAll(allowed);
    return new TrialConsole(spec, false, changes)
        .run(request -> runner.resume(new RunFolder(run), request));
  }
}
