package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.trimtab.base.Invalid;
import org.trimtab.config.Loaded;
import org.trimtab.experiment.ExperimentConfig;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.config.ExperimentParts;
import org.trimtab.experiments.config.ShippedFiles;
import org.trimtab.experiments.trial.DryRun;
import org.trimtab.experiments.trial.Runner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains what experiment files say, a trial for each of the seeds. */
@Command(
    name = "run",
    description = "Trains an experiment: one trial for each of its seeds.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  trimtab run configs/quickstart.yaml",
      "  trimtab run cola residual-prompt --data DIR --dry-run",
      "  trimtab run mrpc lora bge-small --data DIR --name larger",
      "  trimtab run my-task.yaml prompt --set method.length=50 --set seeds=[1,2,3]"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin ExperimentOptions experiment = new ExperimentOptions();

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "Where run folders go (default: ${DEFAULT-VALUE}).")
  Path runs = Path.of("runs");

  @Option(
      names = "--force",
      description = "Runs a finished trial again, or an interrupted one from its start.")
  boolean force;

  @Option(names = "--print-config", description = "Prints the whole experiment and stops.")
  boolean printConfig;

  @Option(
      names = "--dry-run",
      description = "Prints parameters, steps and an estimate of time and memory, and stops.")
  boolean dryRun;

  @Spec CommandSpec spec = CommandSpec.create();
  private final ExperimentFiles experiments;
  private final ShippedFiles shipped;
  private final Runner runner;
  private final DryRun dry;

  @Inject
  RunCommand(ExperimentFiles experiments, ShippedFiles shipped, Runner runner, DryRun dry) {
    this.experiments = experiments;
    this.shipped = shipped;
    this.runner = runner;
    this.dry = dry;
  }

  @Override
  public Integer call() {
    ExperimentParts parts = experiment.parts(shipped);
    Loaded<ExperimentConfig> loaded = experiment.read(parts, experiments);
    try {
      return call(loaded.value(), runs.resolve(parts.name()));
    } catch (Invalid e) {
      throw loaded.at(e);
    }
  }

  private int call(ExperimentConfig config, Path folder) {
    PrintWriter out = spec.commandLine().getOut();
    if (printConfig) {
      out.print(experiments.write(config));
      out.flush();
      return 0;
    }
    for (long seed : config.seeds()) {
      if (dryRun) {
        dry.print(config.withSeed(seed), out);
        return 0;
      }
      int code = trials().run(r -> runner.run(config.withSeed(seed), folder, r));
      if (code != 0) {
        return code;
      }
    }
    return 0;
  }

  private TrialConsole trials() {
    return new TrialConsole(spec, force, Set.of());
  }
}
