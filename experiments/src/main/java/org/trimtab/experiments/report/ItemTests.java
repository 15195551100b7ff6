package org.trimtab.experiments.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.experiments.config.Experiments;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.statistics.Bootstrap;
import org.trimtab.experiments.statistics.HierarchicalBootstrap;
import org.trimtab.experiments.statistics.Interval;
import org.trimtab.experiments.statistics.PairedTests;
import org.trimtab.task.Split;
import org.trimtab.task.Task;
import org.trimtab.tensor.RandomStreams;

/** What one task's items say of its trials: every trial is scored on the same draws of them. */
final class ItemTests {
  private static final int RESAMPLES = 1000;
  private final String task;
  private final Map<String, Items<?>> items;

  private ItemTests(String task, Map<String, Items<?>> items) {
    this.task = task;
    this.items = items;
  }

  /**
   * Reads the predictions of trials that have a score, all of one task.
   *
   * @throws org.trimtab.json.UserError if the task's data aren't there, or aren't those of the
   *     trials
   */
  static ItemTests of(String task, List<TrialResult> scored, Experiments experiments) {
    Map<String, Items<?>> items = new LinkedHashMap<>();
    if (!scored.isEmpty()) {
      read(task(scored.get(0).folder(), experiments), scored, items);
    }
    return new ItemTests(task, items);
  }

  private static Task<?> task(RunFolder folder, Experiments experiments) {
    return experiments.load(folder.config(), List.of(), Optional.empty()).task().create();
  }

  private static <Y> void read(
      Task<Y> task, List<TrialResult> scored, Map<String, Items<?>> items) {
    Split<Y> dev = task.load().dev();
    for (TrialResult trial : scored) {
      items.put(trial.trial().id(), Items.read(task, dev, trial.folder().predictions()));
    }
  }

  /** Over the seeds and items of trials; empty without any. */
  Optional<Interval> interval(List<TrialResult> trials) {
    List<Items<?>> own = itemsOf(trials);
    return own.isEmpty()
        ? Optional.empty()
        : Optional.of(HierarchicalBootstrap.interval(scores(own)));
  }

  /** The paired bootstrap of two lists of trials, of the same seeds in the same order. */
  Bootstrap.Difference difference(List<TrialResult> a, List<TrialResult> b) {
    double[] first = scores(itemsOf(a));
    double[] second = scores(itemsOf(b));
    double[] differences = new double[first.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = first[i] - second[i];
    }
    return Bootstrap.Difference.of(differences);
  }

  /** McNemar's test of two trials. */
  double mcNemar(TrialResult a, TrialResult b) {
    List<Items<?>> both = itemsOf(List.of(a, b));
    int onlyA = 0;
    int onlyB = 0;
    for (int i = 0; i < both.get(0).size(); i++) {
      boolean first = both.get(0).right(i);
      boolean second = both.get(1).right(i);
      onlyA += first && !second ? 1 : 0;
      onlyB += second && !first ? 1 : 0;
    }
    return PairedTests.mcNemar(onlyA, onlyB);
  }

  private List<Items<?>> itemsOf(List<TrialResult> trials) {
    List<Items<?>> own = new ArrayList<>();
    for (TrialResult trial : trials) {
      Optional.ofNullable(items.get(trial.trial().id())).ifPresent(own::add);
    }
    return own;
  }

  /** The draws depend on the task and on how many seeds there are, not on the method. */
  private double[] scores(List<Items<?>> seeds) {
    HierarchicalBootstrap bootstrap =
        new HierarchicalBootstrap(
            seeds.size(),
            seeds.get(0).size(),
            RESAMPLES,
            new RandomStreams(0).stream("bootstrap/" + task));
    return bootstrap.scores((seed, indices) -> seeds.get(seed).score(indices));
  }
}
