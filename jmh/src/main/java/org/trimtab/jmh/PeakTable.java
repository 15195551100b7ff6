package org.trimtab.jmh;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What was measured as a share of the matrix products' peak, a line each, in Markdown: of the peak
 * that the same run measured with the same parameters. Where none was, or what was measured is no
 * time or consists of other than products, the cell is empty.
 */
record PeakTable(PrintWriter out) {
  private static final String GFLOP = "gflop";
  private static final String PEAK = "MethodBench.matmul";

  void print(Collection<RunResult> results) {
    out.println();
    out.println(
        "| benchmark | parameters | score | error, 99.9 % | unit | GFLOP/s | of the peak |");
    out.println("|---|---|---|---|---|---|---|");
    for (RunResult result : results) {
      Optional<Double> speed = speed(result);
      Optional<Double> peak = speed.flatMap(own -> peak(result.getParams(), results));
      Result<?> score = result.getPrimaryResult();
      out.println(
          String.format(
              Locale.ROOT,
              "| %s | %s | %.4g | %s | %s | %s | %s |",
              name(result),
              parameters(result.getParams()),
              score.getScore(),
              error(score),
              score.getScoreUnit(),
              speed.map(own -> String.format(Locale.ROOT, "%.0f", own)).orElse(""),
              peak.map(of -> String.format(Locale.ROOT, "%.2f", speed.orElseThrow() / of))
                  .orElse("")));
    }
  }

  /** Class and method. */
  private static String name(RunResult result) {
    return result.getParams().getBenchmark().replaceFirst("^.*\\.(?=[^.]+\\.[^.]+$)", "");
  }

  /** Of one measurement there is none. */
  private static String error(Result<?> score) {
    double error = score.getScoreError();
    return Double.isNaN(error) ? "" : String.format(Locale.ROOT, "%.2g", error);
  }

  private static String parameters(BenchmarkParams params) {
    return params.getParamsKeys().stream()
        .sorted()
        .map(name -> name + "=" + params.getParam(name))
        .collect(Collectors.joining(" "));
  }

  /** GFLOP/s, where products were counted. */
  private static Optional<Double> speed(RunResult result) {
    BenchmarkParams params = result.getParams();
    if (params.getMode() != Mode.AverageTime) {
      return Optional.empty();
    }
    double seconds =
        result.getPrimaryResult().getScore()
            * params.getTimeUnit().toNanos(1)
            / TimeUnit.SECONDS.toNanos(1);
    // Each iteration counts the same, and JMH adds them up.
    return Optional.ofNullable(result.getSecondaryResults().get(GFLOP))
        .map(counted -> counted.getStatistics().getMax() / seconds);
  }

  private static Optional<Double> peak(BenchmarkParams of, Collection<RunResult> results) {
    return results.stream()
        .filter(result -> name(result).equals(PEAK))
        .filter(result -> agree(of, result.getParams()))
        .findFirst()
        .flatMap(PeakTable::speed);
  }

  /** On the parameters that both have. */
  private static boolean agree(BenchmarkParams one, BenchmarkParams other) {
    return one.getParamsKeys().stream()
        .filter(other.getParamsKeys()::contains)
        .allMatch(name -> one.getParam(name).equals(other.getParam(name)));
  }
}
