package org.trimtab.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.trimtab.base.Better;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.statistics.Numbers;
import org.trimtab.experiments.statistics.Summary;

/** The table of methods and tasks, as texts of cells. */
final class MainTable {
  /** What a cell says beside its score. */
  private static final List<Status> ODD =
      List.of(Status.COLLAPSED, Status.DIVERGED, Status.FAILED, Status.HALTED, Status.INTERRUPTED);

  private static final String UNKNOWN = "-";
  private static final String UNDEFINED = "undefined";

  private final Report report;
  private final String plusMinus;

  /**
   * A table.
   *
   * @param plusMinus what stands between a mean and its standard deviation
   */
  MainTable(Report report, String plusMinus) {
    this.report = report;
    this.plusMinus = plusMinus;
  }

  List<String> header() {
    List<String> header = new ArrayList<>(List.of("method"));
    report.tasks().forEach(task -> header.add(task.name()));
    header.addAll(List.of("average", "parameters", "time", "memory"));
    return header;
  }

  /** The metric of each column. */
  List<String> metrics() {
    List<String> metrics = new ArrayList<>(List.of(""));
    report.tasks().forEach(task -> metrics.add(metric(task)));
    metrics.addAll(List.of("", "trainable", "s a trial", "MiB"));
    return metrics;
  }

  private static String metric(Report.TaskColumn task) {
    return task.better() == Better.LOWER ? task.metric() + " (lower is better)" : task.metric();
  }

  /** What each task's score is without a model. */
  List<String> baselines() {
    List<String> baselines = new ArrayList<>(List.of("majority baseline"));
    report.tasks().forEach(task -> baselines.add(baseline(task)));
    baselines.addAll(List.of("", "", "", ""));
    return baselines;
  }

  private static String baseline(Report.TaskColumn task) {
    String none = task.metric().isEmpty() ? UNKNOWN : UNDEFINED;
    return task.baseline().isPresent()
        ? Numbers.score(task.baseline().getAsDouble(), task.rate())
        : none;
  }

  List<String> row(Report.Row row) {
    List<String> texts = new ArrayList<>(List.of(row.name()));
    row.cells().forEach(cell -> texts.add(score(cell)));
    boolean rates = report.tasks().stream().allMatch(Report.TaskColumn::rate);
    texts.add(row.average().map(a -> Numbers.score(a.mean(), rates)).orElse(""));
    texts.add(first(row, Report.Cell::parameters));
    OptionalDouble seconds =
        row.cells().stream().flatMapToDouble(cell -> cell.seconds().stream()).average();
    texts.add(seconds.isPresent() ? String.format(Locale.ROOT, "%.1f", seconds.getAsDouble()) : "");
    OptionalLong memory =
        row.cells().stream().flatMapToLong(cell -> cell.mebibytes().stream()).max();
    texts.add(memory.isPresent() ? String.format(Locale.ROOT, "%,d", memory.getAsLong()) : "");
    return texts;
  }

  private static String first(Report.Row row, Function<Report.Cell, OptionalLong> value) {
    return row.cells().stream()
        .map(value)
        .filter(OptionalLong::isPresent)
        .findFirst()
        .map(v -> String.format(Locale.ROOT, "%,d", v.getAsLong()))
        .orElse("");
  }

  /** Mean, standard deviation, interval, mark, and what is missing. */
  private String score(Report.Cell cell) {
    StringBuilder text = new StringBuilder();
    cell.score().ifPresent(score -> text.append(score(score, cell)));
    cell.comparison().map(MainTable::mark).ifPresent(text::append);
    for (Status status : ODD) {
      if (cell.count(status) > 0) {
        text.append(text.isEmpty() ? "" : ", ").append(cell.count(status)).append(' ');
        text.append(status.spelling());
      }
    }
    if (text.isEmpty()) {
      text.append(UNKNOWN);
    }
    return text.toString();
  }

  private String score(Summary score, Report.Cell cell) {
    boolean rate = report.isRate(cell);
    String deviation =
        score.standardDeviation().isPresent()
            ? plusMinus + Numbers.score(score.standardDeviation().getAsDouble(), rate)
            : "";
    String interval =
        cell.interval()
            .map(
                i ->
                    " ["
                        + Numbers.score(i.low(), rate)
                        + ", "
                        + Numbers.score(i.high(), rate)
                        + "]")
            .orElse("");
    return Numbers.score(score.mean(), rate) + deviation + interval;
  }

  private static String mark(Report.Comparison comparison) {
    return switch (comparison.mark()) {
      case "better" -> " +";
      case "worse" -> " -";
      default -> "";
    };
  }

  /** What the marks and numbers mean. */
  List<String> legend() {
    return List.of(
        "Mean over seeds, standard deviation, and the 95 % interval of a bootstrap over seeds and"
            + " items; never the best seed.",
        "+ better, - worse than "
            + report.reference()
            + ": paired bootstrap over the same seeds and items, 5 % after Holm's correction over"
            + " all cells.",
        "No mark: these seeds and items can't tell the two apart.");
  }
}
