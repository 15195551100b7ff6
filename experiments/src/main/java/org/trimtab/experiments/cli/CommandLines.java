package org.trimtab.experiments.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.trimtab.config.Suggestion;
import org.trimtab.experiments.process.Version;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Command lines whose arguments arrive as they were typed: no {@code @file} is expanded, and no
 * text is taken for several short options. What can't be read is one line.
 */
public final class CommandLines {
  private CommandLines() {}

  /** The command line of {@code command}, its subcommands made by {@code factory}. */
  public static CommandLine of(Object command, IFactory factory) {
    CommandLine line = new CommandLine(command, factory);
    line.setExpandAtFiles(false);
    line.setPosixClusteredShortOptionsAllowed(false);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((refusal, arguments) -> refuse(refusal));
    setVersion(line);
    return line;
  }

  private static void setVersion(CommandLine line) {
    line.getCommandSpec().version("trimtab " + Version.NUMBER);
    line.getSubcommands().values().forEach(CommandLines::setVersion);
  }

  private static int refuse(ParameterException refusal) {
    CommandLine line = refusal.getCommandLine();
    CommandSpec command = line.getCommandSpec();
    StringBuilder message = new StringBuilder();
    message.append(String.valueOf(refusal.getMessage()).replaceAll("\\R\\s*", " "));
    String suggestion = "";
    if (refusal instanceof UnmatchedArgumentException unmatched) {
      if (unmatched.isUnknownOption() && !command.positionalParameters().isEmpty()) {
        message.append("; what begins with a dash and is no option goes behind --");
      }
      suggestion = suggestion(unmatched.getUnmatched(), command);
    }
    message.append("; ").append(command.qualifiedName()).append(" --help says what there is");
    line.getErr().println(message + suggestion);
    return command.exitCodeOnInvalidInput();
  }

  private static String suggestion(List<String> unmatched, CommandSpec command) {
    String found = unmatched.isEmpty() ? "" : unmatched.get(0).replaceFirst("=.*", "");
    Collection<String> known = new ArrayList<>(command.subcommands().keySet());
    known.addAll(command.optionsMap().keySet());
    return Suggestion.of(found, known);
  }
}
