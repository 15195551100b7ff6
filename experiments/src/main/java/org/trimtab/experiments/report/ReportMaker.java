package org.trimtab.experiments.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.runs.RunResult;
import org.trimtab.experiments.statistics.Interval;
import org.trimtab.experiments.statistics.Summary;
import org.trimtab.experiments.sweep.SweepFolder;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;

/** Sums up a sweep from its folder, at any time. */
public final class ReportMaker {
  private static final long LEAST_RESAMPLES = 2000;
  private static final long MOST_RESAMPLES = 20_000;

  /** 2 / resamples, times the comparisons, is then at most 5 %. */
  private static final long RESAMPLES_EACH = 41;

  private final SweepPlan plan;
  private final List<TrialResult> trials;
  private final Map<String, ItemStatistics> tests = new LinkedHashMap<>();

  private ReportMaker(SweepFolder folder, SweepPlan plan, ExperimentFiles experiments) {
    this.plan = plan;
    trials = plan.trials().stream().map(trial -> TrialResult.of(folder, trial)).toList();
    for (String task : tasks()) {
      List<TrialResult> scored =
          trials.stream()
              .filter(t -> t.trial().task().equals(task) && t.score().isPresent())
              .toList();
      tests.put(task, ItemStatistics.of(task, resamples(), scored, experiments));
    }
  }

  /** So many that the smallest p there can be passes Holm's correction over all comparisons. */
  private int resamples() {
    long rows =
        plan.trials().stream()
            .filter(t -> !t.method().equals(plan.reference()))
            .map(SweepTrial::row)
            .distinct()
            .count();
    long needed = RESAMPLES_EACH * rows * tasks().size();
    return (int) Math.max(LEAST_RESAMPLES, Math.min(MOST_RESAMPLES, needed));
  }

  /** The report of a sweep as it stands. */
  public static Report of(SweepFolder folder, SweepPlan plan, ExperimentFiles experiments) {
    return new ReportMaker(folder, plan, experiments).report();
  }

  private Report report() {
    Map<String, List<TrialResult>> byRow =
        trials.stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.trial().row(), LinkedHashMap::new, Collectors.toList()));
    List<Report.Row> rows = byRow.values().stream().map(this::row).toList();
    return new Report(
        plan.name(),
        Instant.now().toString(),
        plan.reference(),
        plan.varied(),
        tasks().stream().map(this::column).toList(),
        new Comparisons(plan.reference(), tests).of(rows),
        trials,
        ReportProvenance.of(trials));
  }

  private Set<String> tasks() {
    return plan.trials().stream()
        .map(SweepTrial::task)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** What the first trial that has a result says of its task. */
  private Report.TaskColumn column(String task) {
    Optional<TrialResult> any =
        trials.stream()
            .filter(t -> t.trial().task().equals(task) && t.result().isPresent())
            .findFirst();
    return any.flatMap(TrialResult::result)
        .map(result -> column(task, result))
        .orElse(
            new Report.TaskColumn(
                task,
                "",
                scale(task).better(),
                scale(task).rate(),
                "dev",
                0,
                OptionalDouble.empty(),
                false));
  }

  private Report.TaskColumn column(String task, RunResult result) {
    RunResult.Score score = result.score();
    RunResult.SplitData split = result.scored();
    return new Report.TaskColumn(
        task,
        score.mainMetric(),
        scale(task).better(),
        scale(task).rate(),
        score.split(),
        split.examples(),
        score.baseline(),
        split.subset());
  }

  private ItemStatistics.Scale scale(String task) {
    return Optional.ofNullable(tests.get(task)).orElseThrow().scale();
  }

  private Report.Row row(List<TrialResult> ofRow) {
    SweepTrial first = ofRow.get(0).trial();
    List<Report.Cell> cells = tasks().stream().map(task -> cell(task, ofRow)).toList();
    return new Report.Row(first.row(), first.method(), first.point(), cells, average(cells));
  }

  private Report.Cell cell(String task, List<TrialResult> ofRow) {
    List<TrialResult> own =
        ofRow.stream()
            .filter(t -> t.trial().task().equals(task))
            .sorted(Comparator.comparingLong(t -> t.trial().seed()))
            .toList();
    double[] scores = own.stream().flatMapToDouble(t -> t.score().stream()).toArray();
    Optional<Summary> summary =
        scores.length == 0 ? Optional.empty() : Optional.of(Summary.of(scores));
    Optional<Interval> interval =
        Optional.ofNullable(tests.get(task)).flatMap(t -> t.interval(own));
    return new Report.Cell(task, own, summary, interval, Optional.empty());
  }

  /**
   * Where each task has a score, and all are on one scale: a mean over fewer tasks is that of other
   * ones, and one of accuracies and errors is of nothing.
   */
  private Optional<Report.Average> average(List<Report.Cell> cells) {
    List<Double> means = new ArrayList<>();
    cells.forEach(cell -> cell.score().ifPresent(score -> means.add(score.mean())));
    boolean alike = tasks().stream().map(this::scale).distinct().count() == 1;
    return means.size() < cells.size() || !alike
        ? Optional.empty()
        : Optional.of(
            new Report.Average(
                means.stream().mapToDouble(m -> m).average().orElseThrow(),
                means.size(),
                OptionalDouble.empty()));
  }
}
