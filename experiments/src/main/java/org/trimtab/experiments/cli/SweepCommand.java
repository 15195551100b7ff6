package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Sweeps: many trials as one. */
@Command(
    name = "sweep",
    description = "Runs many trials as one: methods x tasks x seeds x any key.",
    mixinStandardHelpOptions = true,
    subcommands = {
      SweepPlanCommand.class,
      SweepRunCommand.class,
      SweepResumeCommand.class,
      SweepRetryFailedCommand.class,
      SweepStatusCommand.class,
      SweepReportCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  trimtab sweep plan configs/sweeps/smoke.yaml --data DIR",
      "  trimtab sweep run configs/sweeps/smoke.yaml --data DIR --workers 2",
      "  trimtab sweep report configs/sweeps/smoke.yaml"
    })
final class SweepCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  @Inject
  SweepCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "sweep: missing; allowed plan, run, resume, retry-failed, status, report");
  }
}
