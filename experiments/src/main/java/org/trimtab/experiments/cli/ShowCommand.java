package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.watch.History;
import org.trimtab.experiments.watch.LearningCurve;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a run's state and its learning curves. */
@Command(
    name = "show",
    description = "Shows a run, finished or not: its table and its learning curves.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  trimtab show runs/quickstart/ID")
final class ShowCommand implements Runnable {
  private static final LearningCurve CURVE = new LearningCurve(60, 10);

  @Parameters(paramLabel = "RUN", description = "A run folder.")
  Path run = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  @Inject
  ShowCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    RunFolder folder = new RunFolder(run);
    History history = History.read(folder);
    if (folder.finished()) {
      ResultTable.print(folder, out);
    } else {
      out.println("unfinished; trimtab resume " + run + " goes on, if no process is at it");
      if (history.truncated()) {
        out.println("the last line of " + folder.metrics() + " is incomplete and left out");
      }
    }
    out.println();
    CURVE.lines("training loss", history.loss()).forEach(out::println);
    history
        .dev()
        .forEach((name, points) -> CURVE.lines("dev " + name, points).forEach(out::println));
    out.flush();
  }
}
