package org.trimtab.jmh;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.results.RunResult;

/** What was measured of banks, a line each, in Markdown. */
record BankTable(PrintWriter out) {
  /**
   * A case to measure.
   *
   * @param methods presets, one after the other
   * @param shortest tokens of the first request
   * @param longest tokens of the last
   */
  record Case(List<String> methods, int shortest, int longest) {}

  private static final List<String> MIXED =
      List.of("prompt", "residual-prompt", "prefix", "lora", "adapter", "ia3", "unipelt", "bitfit");

  static final List<Case> CASES =
      List.of(
          new Case(MIXED, 16, 16),
          new Case(MIXED, 16, 64),
          new Case(MIXED, 64, 64),
          new Case(List.of("lora"), 16, 16),
          new Case(List.of("lora"), 16, 64),
          new Case(List.of("head-only"), 16, 16),
          new Case(List.of("head-only"), 16, 64));

  void head() {
    out.println("MiniLM, fp32, eight requests of eight adapters, measured in turns; means");
    out.println();
    out.println(
        "| adapters | tokens | turns | one batch, ms | eight batches, ms | times as fast"
            + " | eight ONNX Runtime sessions, ms | times as fast |");
    out.println("|---|---|---|---|---|---|---|---|");
  }

  void row(Case of, Collection<RunResult> results) {
    RunResult result = results.iterator().next();
    double turns = sum(BankBench.Times.TURNS, result);
    double mixed = sum(BankBench.Times.MIXED, result) / turns;
    double alone = sum(BankBench.Times.ALONE, result) / turns;
    double sessions = sum(BankBench.Times.SESSIONS, result) / turns;
    out.println(
        String.format(
            Locale.ROOT,
            "| %s | %s | %.0f | %.1f | %.1f | %.2f | %.1f | %.2f |",
            String.join(", ", of.methods()),
            of.shortest() == of.longest()
                ? String.valueOf(of.shortest())
                : of.shortest() + " to " + of.longest(),
            turns,
            mixed,
            alone,
            alone / mixed,
            sessions,
            sessions / mixed));
  }

  private static double sum(String counter, RunResult result) {
    return Optional.ofNullable(result.getSecondaryResults().get(counter))
        .orElseThrow(() -> new IllegalStateException("nothing was counted as " + counter))
        .getScore();
  }
}
