package org.trimtab.jmh;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.trimtab.base.UserError;
import org.trimtab.engine.Telemetry;
import org.trimtab.experiments.cli.CommandLines;
import org.trimtab.jmh.subject.BatchShape;
import org.trimtab.jmh.subject.BenchedMethod;
import org.trimtab.jmh.subject.Choice;
import org.trimtab.jmh.subject.Presets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code trimtab bench}: passes and steps of every preset, as a table. */
@Command(
    name = "trimtab bench",
    description = {
      "Measures one pass and one training step of every preset of configs/methods over MiniLM,",
      "beside the frozen backbone (head-only), full fine-tuning (full) and the matmul peak."
    },
    mixinStandardHelpOptions = true,
    footer = {"%nExample:%n  trimtab bench --methods head-only,lora,full --long"})
public final class Bench implements Callable<Integer> {
  private static final int USER_ERROR = 2;

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "NAME",
      description = "Only these presets, separated by commas.")
  List<String> methods = List.of();

  @Option(
      names = "--long",
      description = "Measures three seconds at a time instead of one, and warms up longer.")
  boolean thorough;

  @Option(
      names = "--bank",
      description =
          "Measures eight tasks in one batch beside a batch and a session for each, no presets.")
  boolean bank;

  @Option(
      names = "--predict",
      description = "Measures predictions of one model by several threads, no presets.")
  boolean predict;

  private final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

  private Bench() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    Telemetry.switchOff();
    CommandLine line = CommandLines.of(new Bench(), CommandLine.defaultFactory());
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          if (!(e instanceof UserError)) {
            throw e;
          }
          command.getErr().println(e.getMessage());
          return USER_ERROR;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws RunnerException {
    if (bank || predict) {
      requireNoMethods();
      return bank ? bank() : predict();
    }
    List<String> known = Presets.names();
    List<String> chosen = methods.isEmpty() ? known : methods;
    for (String name : chosen) {
      Presets.requireKnown("--methods", name, known);
    }
    BenchTable table = new BenchTable(out);
    table.head(thorough);
    for (String name : chosen) {
      try (BenchedMethod arm = BenchedMethod.open(Choice.of(name), BatchShape.USUAL)) {
        table.row(name, arm, new Runner(options(name)).run());
      }
    }
    return 0;
  }

  private void requireNoMethods() {
    if (!methods.isEmpty() || (bank && predict)) {
      throw new UserError("--methods, --bank, --predict: allowed one of them");
    }
  }

  private int predict() throws RunnerException {
    out.println("MiniLM, fp32, a prompt of 10, one model");
    out.println();
    out.println("| threads | texts a call | texts a second |");
    out.println("|---|---|---|");
    for (int threads : List.of(1, 2, 4)) {
      Options options = measured(PredictBench.class).threads(threads).build();
      for (RunResult result : new Runner(options).run()) {
        boolean single = result.getPrimaryResult().getLabel().equals("single");
        out.println(
            String.format(
                Locale.ROOT,
                "| %d | %d | %.0f |",
                threads,
                single ? 1 : PredictBench.TEXTS,
                result.getPrimaryResult().getScore()));
      }
    }
    return 0;
  }

  private int bank() throws RunnerException {
    BankTable table = new BankTable(out);
    table.head();
    for (BankTable.Case each : BankTable.CASES) {
      Options options =
          measured(BankBench.class)
              .param("methods", String.join("+", each.methods()))
              .param("shortest", String.valueOf(each.shortest()))
              .param("longest", String.valueOf(each.longest()))
              .build();
      table.row(each, new Runner(options).run());
    }
    return 0;
  }

  private Options options(String name) {
    return measured(MethodBench.class).param("method", name).addProfiler(GCProfiler.class).build();
  }

  private ChainedOptionsBuilder measured(Class<?> benchmark) {
    TimeValue time = new TimeValue(thorough ? 3 : 1, TimeUnit.SECONDS);
    return new OptionsBuilder()
        .include(benchmark.getSimpleName() + "\\.")
        .forks(1)
        .warmupIterations(thorough ? 3 : 1)
        .warmupTime(time)
        .measurementIterations(5)
        .measurementTime(time)
        .verbosity(VerboseMode.SILENT);
  }
}
