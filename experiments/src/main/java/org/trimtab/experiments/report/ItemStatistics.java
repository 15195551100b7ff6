package org.trimtab.experiments.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trimtab.base.Better;
import org.trimtab.experiment.ExperimentFiles;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.statistics.Bootstrap;
import org.trimtab.experiments.statistics.HierarchicalBootstrap;
import org.trimtab.experiments.statistics.Interval;
import org.trimtab.experiments.statistics.PairedTests;
import org.trimtab.task.Split;
import org.trimtab.task.Task;
import org.trimtab.tensor.RandomStreams;

/** What one task's items say of its trials: every trial is scored on the same draws of them. */
final class ItemStatistics {
  private final String task;
  private final int resamples;
  private final Scale scale;
  private final Map<String, ScoredItems<?>> items;

  /** Of the trials with these ids, in this order. */
  private final Map<List<String>, double[]> drawn = new LinkedHashMap<>();

  private ItemStatistics(
      String task, int resamples, Scale scale, Map<String, ScoredItems<?>> items) {
    this.task = task;
    this.resamples = resamples;
    this.scale = scale;
    this.items = items;
  }

  /**
   * Reads the predictions of trials that have a score, all of one task.
   *
   * @throws org.trimtab.base.UserError if the task's data aren't there, or aren't those of the
   *     trials
   */
  static ItemStatistics of(
      String task, int resamples, List<TrialResult> scored, ExperimentFiles experiments) {
    Map<String, ScoredItems<?>> items = new LinkedHashMap<>();
    Scale scale = new Scale(Better.HIGHER, false);
    if (!scored.isEmpty()) {
      Task<?> own = task(scored.get(0).folder(), experiments);
      String metric = own.mainMetric();
      scale = new Scale(own.better(metric), own.isRate(metric));
      read(own, scored, items);
    }
    return new ItemStatistics(task, resamples, scale, items);
  }

  /**
   * What scores are measured on.
   *
   * @param better which of them are
   * @param rate whether they are known to lie in [-1, 1]
   */
  record Scale(Better better, boolean rate) {}

  Scale scale() {
    return scale;
  }

  private static Task<?> task(RunFolder folder, ExperimentFiles experiments) {
    return experiments.loadWritten(folder.config()).task().create();
  }

  private static <Y> void read(
      Task<Y> task, List<TrialResult> scored, Map<String, ScoredItems<?>> items) {
    Split<Y> dev = task.load().dev();
    for (TrialResult trial : scored) {
      items.put(trial.trial().id(), ScoredItems.read(task, dev, trial.folder().predictions()));
    }
  }

  /** Over the seeds and items of trials; empty without any. */
  Optional<Interval> interval(List<TrialResult> trials) {
    List<TrialResult> own = trials.stream().filter(t -> t.score().isPresent()).toList();
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(HierarchicalBootstrap.interval(scores(own)));
  }

  /** The paired bootstrap of two lists of trials, of the same seeds in the same order. */
  Bootstrap.Difference difference(List<TrialResult> a, List<TrialResult> b) {
    double[] first = scores(a);
    double[] second = scores(b);
    double[] differences = new double[first.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = first[i] - second[i];
    }
    return Bootstrap.Difference.of(differences);
  }

  /** McNemar's test of two trials; empty where items aren't right or wrong. */
  OptionalDouble mcNemar(TrialResult a, TrialResult b) {
    List<ScoredItems<?>> both = itemsOf(List.of(a, b));
    if (!both.get(0).ofClasses()) {
      return OptionalDouble.empty();
    }
    int onlyA = 0;
    int onlyB = 0;
    for (int i = 0; i < both.get(0).size(); i++) {
      boolean first = both.get(0).right(i);
      boolean second = both.get(1).right(i);
      onlyA += first && !second ? 1 : 0;
      onlyB += second && !first ? 1 : 0;
    }
    return OptionalDouble.of(PairedTests.mcNemar(onlyA, onlyB));
  }

  private List<ScoredItems<?>> itemsOf(List<TrialResult> trials) {
    List<ScoredItems<?>> own = new ArrayList<>();
    for (TrialResult trial : trials) {
      own.add(Optional.ofNullable(items.get(trial.trial().id())).orElseThrow());
    }
    return own;
  }

  /** The draws depend on the task and on how many seeds there are, not on the method. */
  private double[] scores(List<TrialResult> trials) {
    List<String> ids = trials.stream().map(t -> t.trial().id()).toList();
    return drawn.computeIfAbsent(ids, i -> draw(itemsOf(trials)));
  }

  private double[] draw(List<ScoredItems<?>> seeds) {
    HierarchicalBootstrap bootstrap =
        new HierarchicalBootstrap(
            seeds.size(),
            seeds.get(0).size(),
            resamples,
            new RandomStreams(0).stream("bootstrap/" + task));
    return bootstrap.scores((seed, indices) -> seeds.get(seed).score(indices));
  }
}
