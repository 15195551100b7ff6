package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.trimtab.base.UserError;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.runs.Estimate;
import org.trimtab.experiments.sweep.Estimates;
import org.trimtab.experiments.sweep.Sweep;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepPlanner;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.TrialOutcome;
import org.trimtab.experiments.sweep.worker.WorkerPool;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists a sweep's trials and what they will take. */
@Command(
    name = "plan",
    description = {
      "Lists every trial of a sweep: its id, parameters, and estimated time and memory.",
      "Nothing is trained: a trial of each shape is built and measured for a few steps."
    },
    mixinStandardHelpOptions = true)
final class SweepPlanCommand implements Callable<Integer> {
  @Mixin SweepOptions sweep = new SweepOptions();
  @Mixin WorkerOptions workers = new WorkerOptions();

  @Option(
      names = "--no-estimates",
      description = "Builds and measures nothing: lists the trials alone.")
  boolean noEstimates;

  @Spec CommandSpec spec = CommandSpec.create();
  private final SweepPlanner planner;
  private final ExperimentFiles experiments;

  @Inject
  SweepPlanCommand(SweepPlanner planner, ExperimentFiles experiments) {
    this.planner = planner;
    this.experiments = experiments;
  }

  @Override
  public Integer call() {
    if (workers.cluster.isPresent()) {
      throw new UserError("--cluster: plan measures on this machine; allowed without it");
    }
    SweepPlan.Resolved plan = sweep.plan(planner);
    SweepConsole.duplicates(plan, spec.commandLine().getErr());
    SweepFolder folder = sweep.folder();
    Estimates estimates = new Estimates(folder, plan);
    WorkerPool pool = workers.pool(plan.config().workers(), folder);
    if (!noEstimates) {
      measure(plan, folder, estimates, pool);
    }
    print(plan, folder, estimates, pool.slots());
    requireNoRefusal(plan, estimates);
    return 0;
  }

  private void measure(
      SweepPlan.Resolved plan, SweepFolder folder, Estimates estimates, WorkerPool pool) {
    PrintWriter err = spec.commandLine().getErr();
    Sweep resolved = new Sweep(folder, plan, experiments);
    try (pool) {
      resolved.estimate(
          estimates,
          pool,
          trial -> err.println("measuring " + trial.row() + " on " + trial.task()));
    }
  }

  private void print(
      SweepPlan.Resolved resolved, SweepFolder folder, Estimates estimates, int slots) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            "%-12s  %-12s %10s %8s %8s  %s",
            "trial",
            "state",
            "parameters",
            "time",
            "MiB",
            "what"));
    double seconds = 0;
    for (SweepTrial trial : resolved.plan().trials()) {
      Optional<TrialOutcome> outcome = folder.outcome(trial);
      OptionalDouble own = estimates.seconds(trial);
      seconds += outcome.isEmpty() ? own.orElse(0) : 0;
      out.println(
          String.format(
              Locale.ROOT,
              "%-12s  %-12s %10s %8s %8s  %s",
              trial.id(),
              outcome.map(o -> o.status().spelling()).orElse("to run"),
              estimates
                  .of(trial)
                  .map(e -> String.format(Locale.ROOT, "%,d", e.parameters().trainable()))
                  .orElse("?"),
              own.isPresent() ? SweepProgress.duration(own.getAsDouble()) : "?",
              estimates
                  .of(trial)
                  .map(Estimate::mebibytes)
                  .filter(OptionalLong::isPresent)
                  .map(m -> Long.toString(m.getAsLong()))
                  .orElse("?"),
              trial.label()));
    }
    totals(resolved, folder, seconds / slots, slots, out);
  }

  private static void totals(
      SweepPlan.Resolved resolved, SweepFolder folder, double seconds, int slots, PrintWriter out) {
    List<SweepTrial> trials = resolved.plan().trials();
    long ended = trials.stream().filter(t -> folder.outcome(t).isPresent()).count();
    out.println();
    out.println(
        trials.size()
            + " trials, "
            + ended
            + " ended before, "
            + (trials.size() - ended)
            + " to run; "
            + resolved.duplicates().size()
            + " duplicates left out");
    if (seconds > 0) {
      out.println(
          "estimated time: "
              + SweepProgress.duration(seconds)
              + " with "
              + slots
              + " workers"
              + (resolved.plan().halving().isPresent() ? ", if no trial were halted" : ""));
    }
    out.flush();
  }

  private static void requireNoRefusal(SweepPlan.Resolved plan, Estimates estimates) {
    String refusals =
        plan.plan().trials().stream()
            .flatMap(trial -> estimates.refusal(trial).map(r -> trial.row() + ": " + r).stream())
            .distinct()
            .collect(Collectors.joining("\n"));
    if (!refusals.isEmpty()) {
      throw new UserError(refusals);
    }
  }
}
