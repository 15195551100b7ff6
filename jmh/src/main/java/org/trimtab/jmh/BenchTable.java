package org.trimtab.jmh;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.trimtab.jmh.subject.BenchedMethod;

/** What was measured of each preset, a line each, in Markdown. */
final class BenchTable {
  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private final PrintWriter out;

  BenchTable(PrintWriter out) {
    this.out = out;
  }

  void head(boolean thorough) {
    out.println(
        "MiniLM, batch 16 x 64, fp32, "
            + (thorough ? "5 x 3 s" : "5 x 1 s")
            + "; errors are 99.9 % intervals; shares count the backbone's matrix products only;"
            + " what is computed once a text, such as IDPG's first pass, is cached as in training");
    out.println();
    out.println(
        "| preset | trained | kept | made an example | forward, ms | of the peak | step, ms"
            + " | of the peak | Java bytes a step | peak, GFLOP/s |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
  }

  void row(String name, BenchedMethod arm, Collection<RunResult> results) {
    Time forward = time("forward", results);
    Time step = time("step", results);
    double size = MethodBench.SIZE;
    double peak = 2 * size * size * size / 1e6 / time("matmul", results).milliseconds();
    out.println(
        String.format(
            Locale.ROOT,
            "| %s | %,d | %,d | %,d | %s | %.2f | %s | %.2f | %,.0f | %.0f |",
            name,
            arm.trained(),
            arm.kept(),
            arm.made(),
            forward,
            arm.forwardGflop() / forward.milliseconds() * 1e3 / peak,
            step,
            arm.stepGflop() / step.milliseconds() * 1e3 / peak,
            allocation(results),
            peak));
  }

  /** A score and its error. */
  private record Time(double milliseconds, double error) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.0f ± %.0f", milliseconds, error);
    }
  }

  private static Time time(String label, Collection<RunResult> results) {
    RunResult result = of(label, results);
    return new Time(
        result.getPrimaryResult().getScore(), result.getPrimaryResult().getScoreError());
  }

  private static RunResult of(String label, Collection<RunResult> results) {
    return results.stream()
        .filter(result -> result.getPrimaryResult().getLabel().equals(label))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the benchmark '" + label + "' failed"));
  }

  @SuppressWarnings("rawtypes") // the type of the values in the interface of JMH
  private static double allocation(Collection<RunResult> results) {
    RunResult step = of("step", results);
    return step.getSecondaryResults().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(ALLOCATION))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }
}
