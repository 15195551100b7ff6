package org.trimtab.experiments.cli;

import java.nio.file.Path;
import java.util.List;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepPlanner;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What names a sweep on the command line. */
final class SweepOptions {
  @Parameters(paramLabel = "FILE", description = "The sweep, a YAML file.")
  Path file = Path.of("");

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where the sweep's folder goes, named as its file (default: ${DEFAULT-VALUE}).")
  Path runs = Path.of("runs");

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one key of every trial, e.g. --set train.epochs=1; repeatable.")
  List<String> sets = List.of();

  @Mixin DataOption data = new DataOption();

  SweepFolder folder() {
    return SweepFolder.of(runs, SweepPlanner.name(file));
  }

  SweepPlan.Resolved plan(SweepPlanner planner) {
    return planner.plan(file, sets, data.folder());
  }
}
