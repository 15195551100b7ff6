package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.trimtab.experiments.report.TrialResult;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.sweep.PlanFile;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.plan.SweepTrial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says how far a sweep is. */
@Command(
    name = "status",
    description = "Says of every trial of a sweep how far it is; nothing is disturbed.",
    mixinStandardHelpOptions = true)
final class SweepStatusCommand implements Runnable {
  @Mixin SweepOptions sweep = new SweepOptions();
  @Spec CommandSpec spec = CommandSpec.create();

  @Inject
  SweepStatusCommand() {}

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    SweepFolder folder = sweep.folder();
    Map<Status, Integer> counts = new LinkedHashMap<>();
    for (SweepTrial trial : PlanFile.read(folder).trials()) {
      TrialResult result = TrialResult.of(folder, trial);
      counts.merge(result.status(), 1, Integer::sum);
      String score =
          result.score().isPresent()
              ? String.format(Locale.ROOT, "%.4f", result.score().getAsDouble())
              : "";
      out.println(
          String.format(
              Locale.ROOT,
              "%-12s  %-12s %-8s  %s%s",
              trial.id(),
              result.status().spelling(),
              score,
              trial.label(),
              result.message().isEmpty() ? "" : ": " + result.message()));
    }
    out.println();
    counts.forEach((status, count) -> out.println(count + " " + status.spelling()));
    out.flush();
  }
}
