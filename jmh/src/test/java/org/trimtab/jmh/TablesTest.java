package org.trimtab.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/** Tables of made-up results. */
class TablesTest {
  private final StringWriter written = new StringWriter();
  private final PrintWriter out = new PrintWriter(written, true);

  /** Three iterations of about that many milliseconds an operation, and what each counted. */
  private static RunResult result(
      String benchmark, String method, double milliseconds, Map<String, Double> counted) {
    IterationParams iterations =
        new IterationParams(IterationType.MEASUREMENT, 3, TimeValue.seconds(1), 1);
    WorkloadParams workload = new WorkloadParams();
    workload.put("method", method, 0);
    BenchmarkParams params =
        new BenchmarkParams(
            "org.trimtab.jmh." + benchmark,
            "generated",
            true,
            1,
            new int[] {1},
            List.of(),
            1,
            0,
            iterations,
            iterations,
            Mode.AverageTime,
            workload,
            TimeUnit.MILLISECONDS,
            1,
            "java",
            List.of(),
            "17",
            "vm",
            "17",
            "1.37",
            TimeValue.minutes(1));
    List<IterationResult> all = new ArrayList<>();
    for (double share : new double[] {0.99, 1, 1.01}) {
      IterationResult iteration = new IterationResult(params, iterations, null);
      iteration.addResult(
          new AverageTimeResult(
              ResultRole.PRIMARY,
              benchmark.substring(benchmark.indexOf('.') + 1),
              1,
              (long) (share * milliseconds * 1e6),
              TimeUnit.MILLISECONDS));
      counted.forEach(
          (name, value) ->
              iteration.addResult(new ScalarResult(name, value, "#", AggregationPolicy.SUM)));
      all.add(iteration);
    }
    return new RunResult(params, List.of(new BenchmarkResult(params, all)));
  }

  private List<String> lines() {
    return written.toString().lines().toList();
  }

  /**
   * 20 GFLOP in 100 ms are 200 GFLOP/s, of a peak of 8 in 20 ms: half of 400. Errors are t(0.9995,
   * 2) = 31.6 times 1 % by the root of 3.
   */
  @Test
  void aShareIsOfThePeakOfTheSameParameters() {
    new PeakTable(out)
        .print(
            List.of(
                result("MethodBench.step", "lora", 100, Map.of("gflop", 20.0)),
                result("MethodBench.step", "prompt", 100, Map.of("gflop", 20.0)),
                result("AdapterBench.forward", "lora", 3, Map.of()),
                result("MethodBench.matmul", "lora", 20, Map.of("gflop", 8.0))));
    assertThat(lines())
        .contains(
            "| MethodBench.step | method=lora | 100.0 | 18 | ms/op | 200 | 0.50 |",
            "| MethodBench.step | method=prompt | 100.0 | 18 | ms/op | 200 |  |",
            "| AdapterBench.forward | method=lora | 3.000 | 0.55 | ms/op |  |  |",
            "| MethodBench.matmul | method=lora | 20.00 | 3.6 | ms/op | 400 | 1.00 |");
  }

  /** Means over all turns: 3 times 3, 60 ms in one batch, 90 in eight, 120 in sessions. */
  @Test
  void aBankStandsBesideBatchesAndSessions() {
    Map<String, Double> counted =
        Map.of("turns", 3.0, "mixed", 60.0, "alone", 90.0, "sessions", 120.0);
    BankTable table = new BankTable(out);
    table.head();
    table.row(
        new BankTable.Case(List.of("lora", "ia3"), 16, 64),
        List.of(result("BankBench.turn", "lora", 90, counted)));
    assertThat(lines()).contains("| lora, ia3 | 16 to 64 | 9 | 20.0 | 30.0 | 1.50 | 40.0 | 2.00 |");
  }
}
