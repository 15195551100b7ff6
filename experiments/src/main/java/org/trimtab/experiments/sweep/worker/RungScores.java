package org.trimtab.experiments.sweep.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.base.AtomicFile;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.experiments.watch.History;
import org.trimtab.experiments.watch.LearningCurve;
import org.trimtab.json.Json;

/** The dev scores at which a trial was halted, by the epochs it had by then. */
public record RungScores(Map<String, Double> scores) {
  public static RungScores of(RunFolder folder) {
    Map<String, Double> scores = new LinkedHashMap<>();
    if (Files.exists(folder.rungs())) {
      for (Map.Entry<String, JsonNode> rung : Json.read(folder.rungs()).properties()) {
        scores.put(rung.getKey(), rung.getValue().asDouble(Double.NEGATIVE_INFINITY));
      }
    }
    return new RungScores(scores);
  }

  /**
   * Writes down the score of every epoch up to {@code until}. They come from the trial's log, which
   * is cut back together with its checkpoint: whatever was killed when, they are the same.
   *
   * @param metric the one that counts
   */
  static void write(RunFolder folder, String metric, int until) {
    List<LearningCurve.Point> evaluations =
        History.read(folder.metrics()).dev().getOrDefault(metric, List.of());
    Map<String, Object> all = new LinkedHashMap<>();
    for (int epoch = 1; epoch <= Math.min(until, evaluations.size()); epoch++) {
      double score = evaluations.get(epoch - 1).value();
      // JSON has no infinity; an undefined score is worse than any.
      all.put(Integer.toString(epoch), Double.isNaN(score) ? "undefined" : score);
    }
    AtomicFile.writeText(folder.rungs(), Json.pretty(all));
  }

  public OptionalDouble at(int epochs) {
    Double score = scores.get(Integer.toString(epochs));
    return score == null ? OptionalDouble.empty() : OptionalDouble.of(score);
  }
}
