package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.sweep.plan.SweepFiles;
import org.trimtab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of experiment files, or of sweeps. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of experiment files, what plug-ins add among it.",
      "An editor that knows YAML schemas reads it where a file begins with",
      "  # yaml-language-server: $$schema=trimtab.schema.json"
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  trimtab schema > trimtab.schema.json",
      "  trimtab schema --sweeps > sweep.schema.json"
    })
final class SchemaCommand implements Runnable {
  @Option(names = "--sweeps", description = "The schema of sweep files.")
  boolean ofSweeps;

  @Spec CommandSpec spec = CommandSpec.create();
  private final ExperimentFiles experiments;
  private final SweepFiles sweeps;

  @Inject
  SchemaCommand(ExperimentFiles experiments, SweepFiles sweeps) {
    this.experiments = experiments;
    this.sweeps = sweeps;
  }

  @Override
  public void run() {
    spec.commandLine()
        .getOut()
        .print(Json.pretty(ofSweeps ? sweeps.schema() : experiments.schema()));
    spec.commandLine().getOut().flush();
  }
}
