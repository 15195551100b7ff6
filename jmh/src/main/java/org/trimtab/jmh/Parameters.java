package org.trimtab.jmh;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.trimtab.base.UserError;
import org.trimtab.config.Suggestion;
import org.trimtab.jmh.subject.Presets;

/**
 * The parameters of the benchmarks that were asked for.
 *
 * @param values what each is run with, by its name
 */
record Parameters(Map<String, List<String>> values) {
  private static final String OPTION = "-p";

  static Parameters of(Options options) {
    OutputFormat silent =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
            VerboseMode.SILENT);
    Map<String, List<String>> values = new TreeMap<>();
    for (BenchmarkListEntry each :
        BenchmarkList.defaultList().find(silent, options.getIncludes(), options.getExcludes())) {
      each.getParams()
          .orElse(Map.of())
          .forEach(
              (name, usual) ->
                  values.put(name, List.copyOf(options.getParameter(name).orElse(List.of(usual)))));
    }
    return new Parameters(values);
  }

  /**
   * Refuses a parameter that none of the benchmarks has, and values that there can't be.
   *
   * @param arguments those of the command line
   * @throws UserError if there is one
   */
  void check(String... arguments) {
    for (String name : asked(arguments)) {
      if (!values.containsKey(name)) {
        List<String> known = List.copyOf(values.keySet());
        throw new UserError(
            "-p: no parameter of the benchmarks that were asked for; found "
                + name
                + "; allowed "
                + String.join(", ", known)
                + Suggestion.of(name, known));
      }
    }
    List.of("batch", "length", "shortest", "longest").forEach(this::requirePositive);
    of("texts").forEach(BatchChoice::requireTexts);
    of("methods").forEach(this::requireMethods);
    of("method").forEach(this::requireChoices);
  }

  private List<String> of(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Names of {@code -p name=value} and {@code -pname=value}. */
  private static List<String> asked(String... arguments) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (argument.equals(OPTION) && i + 1 < arguments.length) {
        names.add(arguments[++i].split("=", 2)[0].strip());
      } else if (argument.startsWith(OPTION) && argument.contains("=")) {
        names.add(argument.substring(OPTION.length()).split("=", 2)[0].strip());
      }
    }
    return names;
  }

  private void requirePositive(String name) {
    for (String value : of(name)) {
      if (!value.matches("[1-9][0-9]{0,6}")) {
        throw new UserError(name + ": found " + value + "; allowed a whole number above 0");
      }
    }
  }

  private void requireMethods(String methods) {
    for (String method : methods.split("\\+", -1)) {
      Presets.requireKnown("methods", method, Presets.names());
    }
  }

  /** Every combination of settings must be an experiment. */
  private void requireChoices(String method) {
    for (String backbone : of("backbone")) {
      for (String precision : of("precision")) {
        for (String length : of("promptLength")) {
          for (String set : of("set")) {
            Presets.check(ModelChoice.choice(method, backbone, precision, length, set));
          }
        }
      }
    }
  }
}
