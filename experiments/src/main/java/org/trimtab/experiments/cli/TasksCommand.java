package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import org.trimtab.experiments.config.ShippedFile;
import org.trimtab.experiments.config.ShippedFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the tasks that come with Trimtab. */
@Command(
    name = "tasks",
    description = "Lists the tasks that come with Trimtab, by the names that run takes.",
    mixinStandardHelpOptions = true,
    footer = "%nA task of your own needs only such a file; see docs/add-a-task.md.")
final class TasksCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();
  private final ShippedFiles shipped;

  @Inject
  TasksCommand(ShippedFiles shipped) {
    this.shipped = shipped;
  }

  @Override
  public void run() {
    ShippedNames.print(shipped, ShippedFile.Kind.TASK, spec.commandLine().getOut());
  }
}
