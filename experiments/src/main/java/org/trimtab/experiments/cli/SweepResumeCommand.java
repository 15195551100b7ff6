package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.trimtab.experiments.sweep.PlanFile;
import org.trimtab.experiments.sweep.Sweep;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.plan.SweepPlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Goes on with a sweep. */
@Command(
    name = "resume",
    description = {
      "Goes on with a sweep that was interrupted, whatever ended it.",
      "The results are those of a sweep that was never disturbed."
    },
    mixinStandardHelpOptions = true)
final class SweepResumeCommand implements Callable<Integer> {
  @Mixin SweepOptions sweep = new SweepOptions();
  @Mixin WorkerOptions workers = new WorkerOptions();
  @Spec CommandSpec spec = CommandSpec.create();
  private final SweepPlanner planner;
  private final SweepConsole runs;

  @Inject
  SweepResumeCommand(SweepPlanner planner, SweepConsole runs) {
    this.planner = planner;
    this.runs = runs;
  }

  @Override
  public Integer call() {
    SweepFolder folder = sweep.folder();
    PlanFile.read(folder); // refuses where nothing was begun
    return runs.run(
        sweep.plan(planner),
        folder,
        workers,
        new Sweep.Request(false, outcome -> false),
        SweepConsole.Streams.of(spec));
  }
}
