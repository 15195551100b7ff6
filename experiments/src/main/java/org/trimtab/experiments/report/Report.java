package org.trimtab.experiments.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.trimtab.base.Better;
import org.trimtab.experiments.runs.Status;
import org.trimtab.experiments.statistics.Interval;
import org.trimtab.experiments.statistics.Summary;

/**
 * A sweep, summed up.
 *
 * @param reference the method that the others are compared with
 * @param varied the keys that take more than one value
 * @param rows a method with one set of those values each
 * @param provenance where the results came from; what differs between trials has several values
 */
public record Report(
    String name,
    String created,
    String reference,
    List<String> varied,
    List<TaskColumn> tasks,
    List<Row> rows,
    List<TrialResult> trials,
    Map<String, List<String>> provenance) {
  /** Whether a cell's scores are rates. */
  boolean isRate(Cell cell) {
    return tasks.stream().anyMatch(task -> task.name().equals(cell.task()) && task.rate());
  }

  /**
   * A task as a column.
   *
   * @param metric that the scores are of; empty where no trial has a result yet
   * @param split that they are of
   * @param better which scores are
   * @param items of that split
   * @param rate whether they are known to lie in [-1, 1]
   * @param baseline the score without a model; empty where it is undefined, or no trial has a
   *     result yet
   * @param subset whether the file holds only a part of the official split
   */
  public record TaskColumn(
      String name,
      String metric,
      Better better,
      boolean rate,
      String split,
      long items,
      OptionalDouble baseline,
      boolean subset) {}

  /**
   * A method with values of the varied keys.
   *
   * @param cells one for each task, in their order
   * @param average over the tasks, where each has a score
   */
  public record Row(
      String name,
      String method,
      Map<String, String> point,
      List<Cell> cells,
      Optional<Average> average) {
    /** The same with other cells. */
    Row withCells(List<Cell> others) {
      return new Row(name, method, point, others, average);
    }

    /** The same with p of the signed-rank test. */
    Row withWilcoxon(double p) {
      return new Row(name, method, point, cells, average.map(a -> a.withWilcoxon(p)));
    }
  }

  /**
   * A mean over tasks whose scores are alike: all better in one direction, and all rates or none.
   *
   * @param wilcoxon p of the signed-rank test against the reference over the tasks, after Holm
   */
  public record Average(double mean, int tasks, OptionalDouble wilcoxon) {
    private Average withWilcoxon(double p) {
      return new Average(mean, tasks, OptionalDouble.of(p));
    }
  }

  /**
   * A row on a task.
   *
   * @param trials all of its seeds'
   * @param score over the seeds that have one
   * @param interval 95 %, bootstrap over seeds and items
   * @param comparison with the reference's row
   */
  public record Cell(
      String task,
      List<TrialResult> trials,
      Optional<Summary> score,
      Optional<Interval> interval,
      Optional<Comparison> comparison) {
    /** The same against the reference. */
    Cell with(Comparison other) {
      return new Cell(task, trials, score, interval, Optional.of(other));
    }

    /** How many trials are in a state. */
    public long count(Status status) {
      return trials.stream().filter(t -> t.status() == status).count();
    }

    public OptionalLong parameters() {
      return trials.stream().flatMapToLong(t -> t.parameters().stream()).findFirst();
    }

    public OptionalLong totalParameters() {
      return trials.stream().flatMapToLong(t -> t.totalParameters().stream()).findFirst();
    }

    /** The mean over the seeds. */
    public OptionalDouble seconds() {
      return trials.stream().flatMapToDouble(t -> t.seconds().stream()).average();
    }

    /** The most of any seed. */
    public OptionalLong mebibytes() {
      return trials.stream().flatMapToLong(t -> t.mebibytes().stream()).max();
    }
  }

  /**
   * A cell against the reference's, over the seeds that both have.
   *
   * @param better which of the scores are
   * @param difference of the means, 95 % of it, and p, by the paired bootstrap
   * @param adjusted p after Holm's correction over all cells of the sweep
   * @param mcNemar p of each seed, where items are right or wrong
   * @param smallestEffect that so many seeds would most probably have shown
   */
  public record Comparison(
      Better better,
      double difference,
      Interval interval,
      double p,
      double adjusted,
      Map<Long, Double> mcNemar,
      OptionalDouble smallestEffect) {
    private static final double LEVEL = 0.05;

    /** The same after a correction. */
    Comparison withAdjusted(double p) {
      return new Comparison(better, difference, interval, this.p, p, mcNemar, smallestEffect);
    }

    /** {@code better}, {@code worse}, or {@code same} where the data can't tell. */
    public String mark() {
      if (adjusted >= LEVEL) {
        return "same";
      }
      return better.signed(difference) > 0 ? "better" : "worse";
    }
  }
}
