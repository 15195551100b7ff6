package org.trimtab.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs once, in this process, over a made-up backbone of two layers. */
class EveryBenchmarkTest {
  @TempDir Path folder;

  private ChainedOptionsBuilder once() {
    return new OptionsBuilder()
        .forks(0)
        .mode(Mode.SingleShotTime)
        .warmupIterations(0)
        .measurementIterations(1)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .output(folder.resolve("jmh.log").toString())
        .param("backbone", "made-up")
        .param("batch", "2")
        .param("length", "8")
        .param("shortest", "4")
        .param("longest", "8");
  }

  private static Set<String> names(Collection<RunResult> results) {
    return results.stream()
        .map(result -> result.getParams().getBenchmark())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> all() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT), List.of())
        .stream()
        .map(entry -> entry.getUsername())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void eachRunsOnceAndGivesAScore() throws RunnerException {
    Collection<RunResult> results = new Runner(once().param("method", "lora").build()).run();
    assertThat(names(results)).isEqualTo(all()).hasSizeGreaterThan(15);
    assertThat(results).allMatch(result -> result.getPrimaryResult().getScore() > 0);
  }

  /**
   * A prompt, keys and values, parallel and summed parts, gates, generators: all over fixed rows.
   */
  @Test
  void methodsRunOnTheirOwn() throws RunnerException {
    String[] methods = {
      "prompt", "prefix", "s-idpg", "dora", "layer-norm", "mam", "unipelt", "attempt"
    };
    Collection<RunResult> results =
        new Runner(once().include("AdapterBench.forwardBackward").param("method", methods).build())
            .run();
    assertThat(results).hasSize(methods.length);
  }

  /** The counts that make shares of the peak exist where a time is measured. */
  @Test
  void stepsCountTheirProducts() throws RunnerException {
    StringWriter table = new StringWriter();
    new PeakTable(new PrintWriter(table, true))
        .print(
            new Runner(
                    once()
                        .include("MethodBench\\.(step|matmul)")
                        .mode(Mode.AverageTime)
                        .measurementTime(TimeValue.milliseconds(50))
                        .param("method", "lora")
                        .build())
                .run());
    assertThat(table.toString()).containsPattern("MethodBench.step \\|.*\\| 0\\.\\d\\d \\|");
    assertThat(table.toString()).containsPattern("MethodBench.matmul \\|.*\\| 1\\.00 \\|");
  }
}
