package org.trimtab.experiments.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.statistics.Interval;
import org.trimtab.experiments.statistics.Summary;
import org.trimtab.experiments.watch.LearningCurve;

/** A report as JSON: what {@code report.json} holds, and what the page reads. */
final class ReportJson {
  /** More points than a plot can show. */
  private static final int POINTS = 200;

  private static final List<Status> COUNTED =
      List.of(
          Status.FINISHED,
          Status.COLLAPSED,
          Status.DIVERGED,
          Status.FAILED,
          Status.HALTED,
          Status.INTERRUPTED,
          Status.PENDING);

  private ReportJson() {}

  static Map<String, Object> of(Report report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", report.name());
    json.put("created", report.created());
    json.put("reference", report.reference());
    json.put("varied", report.varied());
    json.put("counts", counts(report));
    json.put(
        RunResult.SECONDS,
        report.trials().stream().flatMapToDouble(t -> t.seconds().stream()).sum());
    json.put("tasks", report.tasks().stream().map(ReportJson::task).toList());
    json.put("rows", report.rows().stream().map(ReportJson::row).toList());
    json.put("trials", report.trials().stream().map(ReportJson::trial).toList());
    json.put("provenance", report.provenance());
    return json;
  }

  static Map<String, Object> counts(Report report) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("trials", report.trials().size());
    putCounts(report.trials(), counts);
    return counts;
  }

  /** How many trials stand how; the collapsed ones are finished, too. */
  private static void putCounts(List<TrialResult> trials, Map<String, Object> json) {
    Map<Status, Long> counts = new EnumMap<>(Status.class);
    trials.forEach(t -> counts.merge(t.status(), 1L, Long::sum));
    long collapsed = counts.getOrDefault(Status.COLLAPSED, 0L);
    counts.merge(Status.FINISHED, collapsed, Long::sum);
    COUNTED.forEach(status -> json.put(status.spelling(), counts.getOrDefault(status, 0L)));
  }

  private static Map<String, Object> task(Report.TaskColumn task) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", task.name());
    json.put("metric", task.metric());
    json.put("better", task.better().name().toLowerCase(Locale.ROOT));
    json.put("rate", task.rate());
    json.put("split", task.split());
    json.put("items", task.items());
    json.put("baseline", number(task.baseline()));
    json.put("subset", task.subset());
    return json;
  }

  private static Map<String, Object> row(Report.Row row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", row.name());
    json.put("method", row.method());
    json.put("settings", row.point());
    json.put("average", row.average().map(ReportJson::average).orElse(null));
    json.put("cells", row.cells().stream().map(ReportJson::cell).toList());
    return json;
  }

  private static Map<String, Object> average(Report.Average average) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean", average.mean());
    json.put("tasks", average.tasks());
    json.put("wilcoxon_p", number(average.wilcoxon()));
    return json;
  }

  private static Map<String, Object> cell(Report.Cell cell) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", cell.task());
    json.put("trials", cell.trials().size());
    putCounts(cell.trials(), json);
    json.put("score", cell.score().map(score -> score(score, cell.interval())).orElse(null));
    json.put("scores", scores(cell));
    json.put("parameters", number(cell.parameters()));
    json.put(RunResult.Parameters.TOTAL, number(cell.totalParameters()));
    json.put(RunResult.SECONDS, number(cell.seconds()));
    json.put("memory_mib", number(cell.mebibytes()));
    json.put("comparison", cell.comparison().map(ReportJson::comparison).orElse(null));
    return json;
  }

  private static Map<String, Object> score(Summary score, Optional<Interval> interval) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("n", score.count());
    json.put("mean", score.mean());
    json.put("sd", number(score.standardDeviation()));
    json.put("low", interval.map(Interval::low).orElse(null));
    json.put("high", interval.map(Interval::high).orElse(null));
    return json;
  }

  private static List<Object> scores(Report.Cell cell) {
    List<Object> scores = new ArrayList<>();
    for (TrialResult trial : cell.trials()) {
      trial
          .score()
          .ifPresent(score -> scores.add(Map.of("seed", trial.trial().seed(), "score", score)));
    }
    return scores;
  }

  private static Map<String, Object> comparison(Report.Comparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("difference", comparison.difference());
    json.put("low", comparison.interval().low());
    json.put("high", comparison.interval().high());
    json.put("p", comparison.p());
    json.put("adjusted", comparison.adjusted());
    json.put("mark", comparison.mark());
    json.put("smallest_effect", number(comparison.smallestEffect()));
    List<Object> mcNemar = new ArrayList<>();
    comparison.mcNemar().forEach((seed, p) -> mcNemar.add(Map.of("seed", seed, "p", p)));
    json.put("mcnemar", mcNemar);
    return json;
  }

  private static Map<String, Object> trial(TrialResult trial) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", trial.trial().id());
    json.put("row", trial.trial().row());
    json.put("method", trial.trial().method());
    json.put("task", trial.trial().task());
    json.put("seed", trial.trial().seed());
    json.put("settings", trial.trial().point());
    json.put("status", trial.status().spelling());
    json.put("score", number(trial.score()));
    json.put("metrics", trial.metrics());
    json.put("parameters", number(trial.parameters()));
    json.put(RunResult.SECONDS, number(trial.seconds()));
    json.put("memory_mib", number(trial.mebibytes()));
    json.put(RunResult.STEPS, number(trial.steps()));
    json.put(RunResult.BEST_STEP, number(trial.bestStep()));
    json.put("message", trial.message().isEmpty() ? null : trial.message());
    json.put("warnings", trial.result().map(RunResult::warnings).orElse(List.of()));
    json.put("folder", "trials/" + trial.trial().id());
    curves(trial, json);
    return json;
  }

  private static void curves(TrialResult trial, Map<String, Object> json) {
    json.put("loss", trial.history().map(h -> points(h.loss())).orElse(List.of()));
    String main = trial.result().map(r -> r.score().mainMetric()).orElse("");
    json.put(
        "dev",
        trial.history().map(h -> points(h.dev().getOrDefault(main, List.of()))).orElse(List.of()));
    Map<String, Object> gates = new LinkedHashMap<>();
    trial
        .history()
        .ifPresent(h -> h.trace().forEach((name, points) -> gates.put(name, points(points))));
    json.put("gates", gates);
  }

  /** At most {@link #POINTS}, evenly; those that are not numbers are left out. */
  private static List<List<Number>> points(List<LearningCurve.Point> points) {
    int every = Math.max(1, (points.size() + POINTS - 1) / POINTS);
    List<List<Number>> all = new ArrayList<>();
    for (int i = 0; i < points.size(); i += every) {
      LearningCurve.Point point = points.get(i);
      if (Double.isFinite(point.value())) {
        all.add(List.of(point.step(), point.value()));
      }
    }
    return all;
  }

  private static @Nullable Object number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static @Nullable Object number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
