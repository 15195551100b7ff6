package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.trimtab.head.HeadConfig;
import org.trimtab.task.TaskConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the tasks that come with Trimtab. */
@Command(
    name = "tasks",
    description =
        "Lists the task files that come with Trimtab, and plug-ins' types of tasks and heads.",
    mixinStandardHelpOptions = true,
    footer = "%nA task of your own needs only such a file; see docs/add-a-task.md.")
final class TasksCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();

  private final PluginTypes plugins;

  @Inject
  TasksCommand(PluginTypes plugins) {
    this.plugins = plugins;
  }

  @Override
  public void run() {
    Path folder = Path.of(System.getProperty("trimtab.home", "."), "configs", "tasks");
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .forEach(file -> spec.commandLine().getOut().println(line(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    plugins.print("task.type", TaskConfig.class, spec.commandLine().getOut());
    plugins.print("head.type", HeadConfig.class, spec.commandLine().getOut());
  }

  /** The file's name, and the comment that it begins with. */
  private static String line(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      String first =
          lines
              .filter(l -> l.startsWith("# ") && !l.startsWith("# yaml-language-server"))
              .findFirst()
              .map(l -> l.substring(2))
              .orElse("");
      String name = file.getFileName().toString().replace(".yaml", "");
      return String.format(java.util.Locale.ROOT, "%-14s %s", name, first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
