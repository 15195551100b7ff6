package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import org.trimtab.experiments.config.ShippedFile;
import org.trimtab.experiments.config.ShippedFiles;
import org.trimtab.head.HeadConfig;
import org.trimtab.task.TaskConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the tasks that come with Trimtab. */
@Command(
    name = "tasks",
    description =
        "Lists the tasks that come with Trimtab, by the names that run takes, and the types of"
            + " tasks and heads that a file can name.",
    mixinStandardHelpOptions = true,
    footer = "%nA task of your own needs only such a file; see docs/add-a-task.md.")
final class TasksCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();
  private final ShippedFiles shipped;
  private final SettingTypes types;

  @Inject
  TasksCommand(ShippedFiles shipped, SettingTypes types) {
    this.shipped = shipped;
    this.types = types;
  }

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    ShippedNames.print(shipped, ShippedFile.Kind.TASK, out);
    out.println("\nin a file:");
    types.print("task.type", TaskConfig.class, out);
    types.print("head.type", HeadConfig.class, out);
    out.flush();
  }
}
