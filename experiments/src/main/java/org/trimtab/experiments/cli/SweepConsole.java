package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.report.Report;
import org.trimtab.experiments.report.ReportFiles;
import org.trimtab.experiments.report.ReportMaker;
import org.trimtab.experiments.sweep.Estimates;
import org.trimtab.experiments.sweep.Sweep;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.TimeLeft;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import org.trimtab.experiments.sweep.worker.TrialExecutor;
import org.trimtab.experiments.sweep.worker.TrialOutcome;
import picocli.CommandLine.Model.CommandSpec;

/** Runs sweeps for people: shows progress and report, and ends early when asked to. */
final class SweepConsole {
  /** Of how many that are left out it is said which they are. */
  private static final int DUPLICATES = 5;

  private final ExperimentFiles experiments;

  @Inject
  SweepConsole(ExperimentFiles experiments) {
    this.experiments = experiments;
  }

  /** Runs what of a sweep hasn't ended; the exit code. */
  int run(
      SweepPlan.Resolved plan,
      SweepFolder folder,
      WorkerOptions workers,
      Sweep.Request request,
      Streams streams) {
    long start = System.nanoTime();
    duplicates(plan, streams.err());
    boolean whole;
    try (TrialExecutor executor = workers.executor(plan.config().workers(), folder);
        StopSignal stop = new StopSignal(streams.err(), executor::stop)) {
      TimeLeft left = new TimeLeft(new Estimates(folder, plan));
      List<SweepTrial> trials = plan.plan().trials();
      whole =
          new Sweep(folder, plan, experiments)
              .run(
                  executor,
                  request,
                  () -> new SweepProgress(streams.err(), folder, trials, left, executor.slots()));
      if (!whole || stop.getAsBoolean()) {
        streams.err().println("stopped; trimtab sweep resume goes on");
      }
    }
    if (!whole) {
      return StopSignal.INTERRUPTED;
    }
    streams
        .err()
        .println(
            String.format(
                Locale.ROOT, "all trials ended after %.1f s", (System.nanoTime() - start) / 1e9));
    report(folder, plan.plan(), streams.out());
    boolean failed =
        plan.plan().trials().stream()
            .anyMatch(t -> folder.outcome(t).filter(TrialOutcome::failed).isPresent());
    List<String> unscored = folder.withoutScore(plan.plan());
    unscored.forEach(
        bracket ->
            streams
                .err()
                .println(
                    bracket
                        + ": no trial has a score when halving decides, so that none went on;"
                        + " allowed more halving.epochs, or another main_metric"));
    return failed || !unscored.isEmpty() ? 1 : 0;
  }

  /** Says which trials are left out, since others are the same. */
  static void duplicates(SweepPlan.Resolved plan, PrintWriter err) {
    List<String> all = plan.duplicates();
    if (!all.isEmpty()) {
      err.println(all.size() + " duplicates left out");
      all.stream().limit(DUPLICATES).forEach(line -> err.println("  " + line));
      if (all.size() > DUPLICATES) {
        err.println("  ... and " + (all.size() - DUPLICATES) + " more");
      }
    }
  }

  /** Where a command writes to. */
  record Streams(PrintWriter out, PrintWriter err) {
    static Streams of(CommandSpec spec) {
      return new Streams(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
  }

  /** Writes the report in every form, and prints the table. */
  void report(SweepFolder folder, SweepPlan plan, PrintWriter out) {
    Report report = ReportMaker.of(folder, plan, experiments);
    ReportFiles.write(report, folder.path()).forEach(line -> out.println(line));
    out.flush();
  }
}
