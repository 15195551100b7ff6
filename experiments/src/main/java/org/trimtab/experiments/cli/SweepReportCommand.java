package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import org.trimtab.experiments.sweep.PlanFile;
import org.trimtab.experiments.sweep.SweepFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes a sweep's report. */
@Command(
    name = "report",
    description = "Writes a sweep's report as it stands: HTML, Markdown, LaTeX, CSV, JSON.",
    mixinStandardHelpOptions = true)
final class SweepReportCommand implements Runnable {
  @Mixin SweepOptions sweep = new SweepOptions();
  @Spec CommandSpec spec = CommandSpec.create();
  private final SweepConsole runs;

  @Inject
  SweepReportCommand(SweepConsole runs) {
    this.runs = runs;
  }

  @Override
  public void run() {
    SweepFolder folder = sweep.folder();
    runs.report(folder, PlanFile.read(folder), spec.commandLine().getOut());
  }
}
