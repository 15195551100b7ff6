package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.trimtab.experiments.changes.RunDiff;
import org.trimtab.experiments.runs.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what differs between two runs. */
@Command(
    name = "diff",
    description = "Says what differs between two runs: config, environment, metrics.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  trimtab diff runs/quickstart/ID runs/quickstart/OTHER")
final class DiffCommand implements Runnable {
  @Parameters(index = "0", paramLabel = "RUN", description = "A run folder.")
  Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "RUN", description = "Another one.")
  Path after = Path.of("");

  @Spec CommandSpec spec = CommandSpec.create();

  @Inject
  DiffCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    List<String> lines = RunDiff.lines(new RunFolder(before), new RunFolder(after));
    lines.forEach(out::println);
    if (lines.isEmpty()) {
      out.println("no difference");
    }
  }
}
