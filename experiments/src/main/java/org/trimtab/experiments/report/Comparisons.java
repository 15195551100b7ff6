package org.trimtab.experiments.report;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.trimtab.experiments.statistics.Bootstrap;
import org.trimtab.experiments.statistics.Holm;
import org.trimtab.experiments.statistics.PairedTests;
import org.trimtab.experiments.statistics.SmallestEffect;
import org.trimtab.experiments.statistics.Summary;

/** Compares rows with the reference's, and corrects for how many comparisons that makes. */
final class Comparisons {
  private final String reference;
  private final Map<String, ItemStatistics> tests;

  Comparisons(String reference, Map<String, ItemStatistics> tests) {
    this.reference = reference;
    this.tests = tests;
  }

  /** Two cells over the seeds that both have a score for. */
  private record Pair(List<TrialResult> own, List<TrialResult> other) {
    static Pair of(Report.Cell own, Report.Cell other) {
      List<TrialResult> a = new ArrayList<>();
      List<TrialResult> b = new ArrayList<>();
      for (TrialResult trial : own.trials()) {
        Optional<TrialResult> same =
            other.trials().stream()
                .filter(t -> t.trial().seed() == trial.trial().seed() && t.score().isPresent())
                .findFirst();
        if (trial.score().isPresent() && same.isPresent()) {
          a.add(trial);
          b.add(same.get());
        }
      }
      return new Pair(a, b);
    }
  }

  /** The rows with comparisons. */
  List<Report.Row> of(List<Report.Row> rows) {
    List<Report.Row> compared = new ArrayList<>();
    for (Report.Row row : rows) {
      Optional<Report.Row> other = referenceOf(row, rows);
      compared.add(other.isEmpty() ? row : compared(row, other.get()));
    }
    return adjusted(withWilcoxon(compared, rows));
  }

  /**
   * The reference's row whose values are all the row's too, or its only one; empty for the
   * reference itself, and where there is no such row.
   */
  private Optional<Report.Row> referenceOf(Report.Row row, List<Report.Row> rows) {
    List<Report.Row> all = rows.stream().filter(r -> r.method().equals(reference)).toList();
    if (row.method().equals(reference)) {
      return Optional.empty();
    }
    return all.size() == 1
        ? Optional.of(all.get(0))
        : all.stream()
            .filter(r -> row.point().entrySet().containsAll(r.point().entrySet()))
            .findFirst();
  }

  private Report.Row compared(Report.Row row, Report.Row other) {
    List<Report.Cell> cells = new ArrayList<>();
    for (int i = 0; i < row.cells().size(); i++) {
      Report.Cell cell = row.cells().get(i);
      Pair pair = Pair.of(cell, other.cells().get(i));
      cells.add(pair.own().isEmpty() ? cell : cell.with(comparison(cell.task(), pair)));
    }
    return row.withCells(cells);
  }

  private Report.Comparison comparison(String task, Pair pair) {
    ItemStatistics items = Optional.ofNullable(tests.get(task)).orElseThrow();
    Bootstrap.Difference difference = items.difference(pair.own(), pair.other());
    double[] bySeed = new double[pair.own().size()];
    Map<Long, Double> mcNemar = new LinkedHashMap<>();
    for (int i = 0; i < bySeed.length; i++) {
      TrialResult own = pair.own().get(i);
      TrialResult other = pair.other().get(i);
      bySeed[i] = own.score().orElseThrow() - other.score().orElseThrow();
      items.mcNemar(own, other).ifPresent(p -> mcNemar.put(own.trial().seed(), p));
    }
    Summary summary = Summary.of(bySeed);
    return new Report.Comparison(
        items.scale().better(),
        summary.mean(),
        difference.interval(),
        difference.p(),
        difference.p(),
        mcNemar,
        summary.standardDeviation().isPresent()
            ? OptionalDouble.of(
                SmallestEffect.paired(summary.standardDeviation().getAsDouble(), bySeed.length))
            : OptionalDouble.empty());
  }

  /** Holm's correction over all cells. */
  private static List<Report.Row> adjusted(List<Report.Row> rows) {
    double[] p =
        rows.stream()
            .flatMap(row -> row.cells().stream())
            .flatMap(cell -> cell.comparison().stream())
            .mapToDouble(Report.Comparison::p)
            .toArray();
    double[] adjusted = Holm.adjust(p);
    Iterator<Double> next = DoubleStream.of(adjusted).iterator();
    return rows.stream()
        .map(row -> row.withCells(row.cells().stream().map(c -> adjusted(c, next)).toList()))
        .toList();
  }

  private static Report.Cell adjusted(Report.Cell cell, Iterator<Double> next) {
    return cell.comparison().map(c -> cell.with(c.withAdjusted(next.next()))).orElse(cell);
  }

  /** Signed ranks over the tasks, where there are several. */
  private List<Report.Row> withWilcoxon(List<Report.Row> rows, List<Report.Row> all) {
    Map<String, Double> p = new LinkedHashMap<>();
    for (Report.Row row : rows) {
      Optional<Report.Row> other = referenceOf(row, all);
      if (row.average().isPresent()
          && row.cells().size() > 1
          && other.flatMap(Report.Row::average).isPresent()) {
        PairedTests.wilcoxon(means(row), means(other.get()))
            .ifPresent(value -> p.put(row.name(), value));
      }
    }
    double[] adjusted = Holm.adjust(p.values().stream().mapToDouble(v -> v).toArray());
    List<String> names = List.copyOf(p.keySet());
    return rows.stream()
        .map(
            row ->
                names.contains(row.name())
                    ? row.withWilcoxon(adjusted[names.indexOf(row.name())])
                    : row)
        .toList();
  }

  private static double[] means(Report.Row row) {
    return row.cells().stream().mapToDouble(c -> c.score().orElseThrow().mean()).toArray();
  }
}
