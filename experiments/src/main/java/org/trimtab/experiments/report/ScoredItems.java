package org.trimtab.experiments.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trimtab.base.UserError;
import org.trimtab.experiments.runs.PredictedExample;
import org.trimtab.experiments.runs.PredictionFile;
import org.trimtab.head.Prediction;
import org.trimtab.task.BenchmarkIds;
import org.trimtab.task.Example;
import org.trimtab.task.Split;
import org.trimtab.task.Task;

/**
 * A trial's predictions as the task decided them, item by item. What belongs together, such as the
 * answers to a question, is one item.
 *
 * @param <Y> a gold value
 */
final class ScoredItems<Y> {
  private final Task<Y> task;
  private final Split<Y> split;
  private final List<Prediction<Y>> predictions;
  private final List<List<Integer>> items;

  private ScoredItems(Task<Y> task, Split<Y> split, List<Prediction<Y>> predictions) {
    this.task = task;
    this.split = split;
    this.predictions = predictions;
    items = split.units();
  }

  /**
   * Reads a {@code predictions.jsonl}.
   *
   * @param split that was predicted
   * @throws UserError if the file is of other examples
   */
  static <Y> ScoredItems<Y> read(Task<Y> task, Split<Y> split, Path file) {
    return UserError.advising(
        "remove the trial's result.json to run it again", () -> matching(task, split, file));
  }

  private static <Y> ScoredItems<Y> matching(Task<Y> task, Split<Y> split, Path file) {
    List<Y> gold = split.gold();
    List<PredictedExample> lines = PredictionFile.read(file);
    if (lines.size() != gold.size()) {
      throw new UserError(
          file + ": found " + lines.size() + " items, but " + split.file() + " has " + gold.size());
    }
    List<Prediction<Y>> predictions = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      PredictedExample item = lines.get(i);
      if (!item.gold().equals(Optional.of(task.format(gold.get(i))))) {
        throw new UserError(file + ": these are not the examples of " + split.file());
      }
      Y value = predicted(task, item, file + ":" + (i + 1));
      predictions.add(new Prediction<>(value, item.scores()));
    }
    return new ScoredItems<>(task, split, predictions);
  }

  private static <Y> Y predicted(Task<Y> task, PredictedExample item, String source) {
    return task.parse(item.predicted())
        .orElseThrow(
            () ->
                new UserError(
                    source + ": predicted: found " + item.predicted() + ", no value of the task"));
  }

  /** Whether an item is right or wrong, rather than more or less off as a number is. */
  boolean ofClasses() {
    return !task.spec().values().equals(Double.class);
  }

  int size() {
    return items.size();
  }

  /** Whether all of an item is as it should be. */
  boolean right(int item) {
    return items.get(item).stream()
        .allMatch(
            i ->
                split
                    .examples()
                    .get(i)
                    .gold()
                    .filter(gold -> gold.equals(predictions.get(i).value()))
                    .isPresent());
  }

  /** A group that is drawn twice is two groups. */
  private static <Y> Example<Y> drawn(Example<Y> example, int draw) {
    BenchmarkIds origin = example.origin();
    return origin.group().isEmpty()
        ? example
        : new Example<>(
            example.source(),
            example.choices(),
            example.gold(),
            new BenchmarkIds(origin.idx(), origin.group() + "#" + draw, origin.candidate()));
  }

  /** The main metric of the items at {@code indices}; NaN where it isn't defined. */
  double score(int... indices) {
    List<Example<Y>> examples = new ArrayList<>(indices.length);
    List<Prediction<Y>> own = new ArrayList<>(indices.length);
    for (int draw = 0; draw < indices.length; draw++) {
      for (int i : items.get(indices[draw])) {
        examples.add(drawn(split.examples().get(i), draw));
        own.add(predictions.get(i));
      }
    }
    return task.score(split.with(examples), own)
        .getOrDefault(task.mainMetric(), OptionalDouble.empty())
        .orElse(Double.NaN);
  }
}
