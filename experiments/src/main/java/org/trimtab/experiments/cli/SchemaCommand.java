package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import org.trimtab.experiments.config.Experiments;
import org.trimtab.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the JSON Schema of experiment files. */
@Command(
    name = "schema",
    description = {
      "Prints the JSON Schema of experiment files, plug-ins' methods among them.",
      "An editor that knows YAML schemas reads it where a file begins with",
      "  # yaml-language-server: $$schema=trimtab.schema.json"
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExample:%n",
    footer = "  trimtab schema > trimtab.schema.json")
final class SchemaCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();
  private final Experiments experiments;

  @Inject
  SchemaCommand(Experiments experiments) {
    this.experiments = experiments;
  }

  @Override
  public void run() {
    spec.commandLine().getOut().print(Json.pretty(experiments.schema()));
    spec.commandLine().getOut().flush();
  }
}
