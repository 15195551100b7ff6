package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.trimtab.experiments.sweep.Sweep;
import org.trimtab.experiments.sweep.plan.SweepPlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a sweep. */
@Command(
    name = "run",
    description = {
      "Runs every trial of a sweep that hasn't ended, and writes its report.",
      "A trial that diverges or collapses is a result; trials of which a process was lost are tried"
          + " again."
    },
    mixinStandardHelpOptions = true)
final class SweepRunCommand implements Callable<Integer> {
  @Mixin SweepOptions sweep = new SweepOptions();
  @Mixin WorkerOptions workers = new WorkerOptions();

  @Option(
      names = "--accept-changes",
      description = "Takes a sweep that differs from the one that was begun under its name.")
  boolean acceptChanges;

  @Spec CommandSpec spec = CommandSpec.create();
  private final SweepPlanner planner;
  private final SweepConsole runs;

  @Inject
  SweepRunCommand(SweepPlanner planner, SweepConsole runs) {
    this.planner = planner;
    this.runs = runs;
  }

  @Override
  public Integer call() {
    return runs.run(
        sweep.plan(planner),
        sweep.folder(),
        workers,
        new Sweep.Request(acceptChanges, outcome -> false),
        SweepConsole.Streams.of(spec));
  }
}
