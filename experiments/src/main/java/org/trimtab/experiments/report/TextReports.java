package org.trimtab.experiments.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.statistics.Numbers;

/** Reports as Markdown, LaTeX and CSV. */
final class TextReports {
  private static final List<Status> ODD = List.of(Status.COLLAPSED, Status.DIVERGED, Status.FAILED);

  private TextReports() {}

  static String markdown(Report report) {
    MainTable table = new MainTable(report, " ± ");
    StringBuilder out = new StringBuilder("# Sweep " + Markup.markdown(report.name()) + "\n\n");
    out.append(counts(report)).append("\n\n");
    line(table.header(), out);
    line(table.header().stream().map(h -> h.equals("method") ? "---" : "--:").toList(), out);
    line(table.metrics(), out);
    line(table.baselines(), out);
    report.rows().forEach(row -> line(table.row(row), out));
    out.append('\n');
    table.legend().forEach(text -> out.append("- ").append(Markup.markdown(text)).append('\n'));
    comparisons(report, out);
    failures(report, out);
    provenance(report, out);
    return out.toString();
  }

  private static String counts(Report report) {
    return ReportJson.counts(report).entrySet().stream()
        .filter(e -> !e.getValue().equals(0L))
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }

  private static void comparisons(Report report, StringBuilder out) {
    boolean any =
        report.rows().stream()
            .flatMap(row -> row.cells().stream())
            .anyMatch(cell -> cell.comparison().isPresent());
    if (!any) {
      return;
    }
    out.append("\n## Against ").append(Markup.markdown(report.reference())).append("\n\n");
    line(
        List.of(
            "method",
            "task",
            "difference",
            "95 %",
            "p",
            "p (Holm)",
            "McNemar by seed",
            "smallest effect"),
        out);
    line(List.of("---", "---", "--:", "--:", "--:", "--:", "--:", "--:"), out);
    for (Report.Row row : report.rows()) {
      for (Report.Cell cell : row.cells()) {
        cell.comparison()
            .ifPresent(
                c -> comparison(List.of(row.name(), cell.task()), c, report.isRate(cell), out));
      }
    }
    out.append(
        "\nSmallest effect: the difference that a paired t test over these seeds would find in four"
            + " of five such sweeps.\n");
  }

  private static void comparison(
      List<String> of, Report.Comparison c, boolean rate, StringBuilder out) {
    List<String> cells = new ArrayList<>(of);
    cells.add(Numbers.difference(c.difference(), rate));
    cells.add(
        Numbers.score(c.interval().low(), rate)
            + " to "
            + Numbers.score(c.interval().high(), rate));
    cells.add(Numbers.probability(c.p()));
    cells.add(Numbers.probability(c.adjusted()));
    cells.add(
        c.mcNemar().values().stream().map(Numbers::probability).collect(Collectors.joining(", ")));
    cells.add(
        c.smallestEffect().isPresent()
            ? Numbers.score(c.smallestEffect().getAsDouble(), rate)
            : "");
    line(cells, out);
  }

  private static void failures(Report report, StringBuilder out) {
    List<TrialResult> failed =
        report.trials().stream().filter(t -> ODD.contains(t.status())).toList();
    if (!failed.isEmpty()) {
      out.append("\n## Collapsed, diverged, failed\n\n");
      line(List.of("trial", "id", "how", "message"), out);
      line(List.of("---", "---", "---", "---"), out);
      failed.forEach(
          t ->
              line(
                  List.of(t.trial().label(), t.trial().id(), t.status().spelling(), t.message()),
                  out));
    }
  }

  private static void provenance(Report report, StringBuilder out) {
    out.append("\n## Where it comes from\n\n");
    line(List.of("what", "value"), out);
    line(List.of("---", "---"), out);
    report
        .provenance()
        .forEach((key, values) -> line(List.of(key, String.join(" · ", values)), out));
  }

  /** The main table with columns of one width each. */
  static List<String> table(Report report) {
    MainTable table = new MainTable(report, " ± ");
    List<List<String>> rows = new ArrayList<>(List.of(table.header(), table.metrics()));
    rows.add(table.baselines());
    report.rows().forEach(row -> rows.add(table.row(row)));
    int[] widths = new int[table.header().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>(rows.stream().map(row -> padded(row, widths)).toList());
    lines.add("");
    lines.addAll(table.legend());
    return lines;
  }

  private static String padded(List<String> row, int... widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(String.format(Locale.ROOT, "%-" + Math.max(1, widths[i]) + "s  ", row.get(i)));
    }
    return line.toString().stripTrailing();
  }

  private static void line(List<String> cells, StringBuilder out) {
    out.append("| ");
    out.append(cells.stream().map(Markup::markdown).collect(Collectors.joining(" | ")));
    out.append(" |\n");
  }

  /** A table for the packages that its first lines name. */
  static String latex(Report report) {
    MainTable table = new MainTable(report, "±");
    StringBuilder out = new StringBuilder("% \\usepackage[T1]{fontenc}\n");
    out.append("% \\usepackage{textcomp}\n% \\usepackage{booktabs}\n");
    out.append("\\begin{tabular}{l").append("r".repeat(table.header().size() - 1)).append("}\n");
    out.append("\\toprule\n");
    latex(table.header(), out);
    latex(table.metrics(), out);
    out.append("\\midrule\n");
    latex(table.baselines(), out);
    out.append("\\midrule\n");
    report.rows().forEach(row -> latex(table.row(row), out));
    out.append("\\bottomrule\n\\end{tabular}\n");
    table.legend().forEach(text -> out.append("% ").append(Markup.oneLine(text)).append('\n'));
    return out.toString();
  }

  private static void latex(List<String> cells, StringBuilder out) {
    out.append(cells.stream().map(Markup::latex).collect(Collectors.joining(" & ")));
    out.append(" \\\\\n");
  }

  /** A line for each trial. */
  static String csv(Report report) {
    Set<String> metrics = new LinkedHashSet<>();
    Set<String> keys = new LinkedHashSet<>();
    report
        .trials()
        .forEach(
            t -> {
              metrics.addAll(t.metrics().keySet());
              keys.addAll(t.trial().point().keySet());
            });
    List<String> header =
        new ArrayList<>(List.of("trial", "method", "task", "seed", "status", "score"));
    header.addAll(keys);
    metrics.forEach(metric -> header.add("metric:" + metric));
    header.addAll(
        List.of(
            RunResult.Parameters.TRAINABLE,
            RunResult.SECONDS,
            RunResult.PEAK_MEMORY,
            RunResult.STEPS,
            RunResult.BEST_STEP));
    StringBuilder out = new StringBuilder();
    csv(header, out);
    report.trials().forEach(t -> csv(trial(t, keys, metrics), out));
    return out.toString();
  }

  private static List<String> trial(TrialResult t, Set<String> keys, Set<String> metrics) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                t.trial().id(),
                t.trial().method(),
                t.trial().task(),
                Long.toString(t.trial().seed()),
                t.status().spelling(),
                text(t.score())));
    keys.forEach(key -> cells.add(t.trial().point().getOrDefault(key, "")));
    Map<String, Double> own = t.metrics();
    metrics.forEach(
        metric ->
            cells.add(
                own.containsKey(metric) ? Double.toString(own.getOrDefault(metric, 0.0)) : ""));
    cells.add(text(t.parameters()));
    cells.add(text(t.seconds()));
    cells.add(text(t.mebibytes()));
    cells.add(text(t.steps()));
    cells.add(text(t.bestStep()));
    return cells;
  }

  private static void csv(List<String> cells, StringBuilder out) {
    out.append(cells.stream().map(TextReports::quoted).collect(Collectors.joining(",")));
    out.append('\n');
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  private static String text(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "";
  }
}
