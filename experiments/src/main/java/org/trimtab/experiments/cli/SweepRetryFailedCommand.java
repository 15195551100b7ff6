package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.sweep.PlanFile;
import org.trimtab.experiments.sweep.Sweep;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepPlanner;
import org.trimtab.experiments.sweep.worker.TrialOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tries a sweep's failed trials again. */
@Command(
    name = "retry-failed",
    description = "Tries the failed trials of a sweep again, and goes on with the rest.",
    mixinStandardHelpOptions = true)
final class SweepRetryFailedCommand implements Callable<Integer> {
  @Mixin SweepOptions sweep = new SweepOptions();
  @Mixin WorkerOptions workers = new WorkerOptions();

  @Option(
      names = "--diverged",
      description = "Also those that diverged, which they will do again unless something changed.")
  boolean diverged;

  @Spec CommandSpec spec = CommandSpec.create();
  private final SweepPlanner planner;
  private final SweepConsole runs;

  @Inject
  SweepRetryFailedCommand(SweepPlanner planner, SweepConsole runs) {
    this.planner = planner;
    this.runs = runs;
  }

  @Override
  public Integer call() {
    SweepFolder folder = sweep.folder();
    PlanFile.read(folder); // refuses where nothing was begun
    SweepPlan.Resolved plan = sweep.plan(planner);
    Predicate<TrialOutcome> failed = o -> o.failed() || (diverged && o.status() == Status.DIVERGED);
    long again =
        plan.plan().trials().stream()
            .filter(trial -> folder.outcome(trial).filter(failed).isPresent())
            .count();
    spec.commandLine().getErr().println(again + " failed trials are tried again");
    return runs.run(
        plan, folder, workers, new Sweep.Request(false, failed), SweepConsole.Streams.of(spec));
  }
}
