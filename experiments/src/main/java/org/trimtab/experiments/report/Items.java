package org.trimtab.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.trimtab.json.Json;
import org.trimtab.json.UserError;
import org.trimtab.task.Split;
import org.trimtab.task.Task;

/**
 * A trial's predictions, item by item.
 *
 * @param <Y> a gold value
 */
final class Items<Y> {
  private final Task<Y> task;
  private final List<Y> gold;
  private final List<Y> predicted;

  private Items(Task<Y> task, List<Y> gold, List<Y> predicted) {
    this.task = task;
    this.gold = gold;
    this.predicted = predicted;
  }

  /**
   * Reads a {@code predictions.jsonl}.
   *
   * @param split that was predicted
   * @throws UserError if the file is of other examples
   */
  static <Y> Items<Y> read(Task<Y> task, Split<Y> split, Path file) {
    List<Y> gold = split.gold();
    List<Y> predicted = new ArrayList<>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      JsonNode item = Json.parse(lines.get(i), file + ":" + (i + 1));
      if (lines.size() != gold.size()
          || !item.path("gold").asText().equals(task.format(gold.get(i)))) {
        throw new UserError(file + ": these are not the examples of " + split.file());
      }
      predicted.add(task.objective().predict(scores(item)).value());
    }
    return new Items<>(task, gold, predicted);
  }

  private static double[] scores(JsonNode item) {
    double[] scores = new double[item.path("scores").size()];
    Arrays.setAll(scores, i -> item.path("scores").get(i).asDouble());
    return scores;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": can't be read", e);
    }
  }

  int size() {
    return gold.size();
  }

  boolean right(int item) {
    return gold.get(item).equals(predicted.get(item));
  }

  /** The main metric of the items at {@code indices}; NaN where it isn't defined. */
  double score(int... indices) {
    List<Y> expected = new ArrayList<>(indices.length);
    List<Y> actual = new ArrayList<>(indices.length);
    for (int index : indices) {
      expected.add(gold.get(index));
      actual.add(predicted.get(index));
    }
    return task.score(expected, actual)
        .getOrDefault(task.mainMetric(), OptionalDouble.empty())
        .orElse(Double.NaN);
  }
}
