package org.trimtab.experiments.cli;

import jakarta.inject.Inject;
import java.util.Locale;
import org.trimtab.method.MethodRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the methods. */
@Command(
    name = "methods",
    description = "Lists the tuning methods and where each comes from.",
    mixinStandardHelpOptions = true)
final class MethodsCommand implements Runnable {
  @Spec CommandSpec spec = CommandSpec.create();
  private final MethodRegistry methods;

  @Inject
  MethodsCommand(MethodRegistry methods) {
    this.methods = methods;
  }

  @Override
  public void run() {
    methods
        .all()
        .forEach(
            binding ->
                spec.commandLine()
                    .getOut()
                    .println(
                        String.format(
                            Locale.ROOT,
                            "%-18s %s%s [%s]",
                            binding.name(),
                            binding.method().description(),
                            binding.method().paper().isEmpty()
                                ? ""
                                : " (" + binding.method().paper() + ")",
                            binding.provider())));
  }
}
