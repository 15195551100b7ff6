package org.trimtab.experiments.runs;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;
import org.trimtab.json.RecordFile;

/**
 * The dev scores at which a trial was halted, by the epochs it had by then: {@code rungs.json}.
 *
 * @param scores empty where undefined
 */
public record RungScores(Map<String, OptionalDouble> scores) {
  private static final String UNDEFINED = "undefined";

  /** None where the trial wasn't halted. */
  public static RungScores read(RunFolder folder) {
    Map<String, OptionalDouble> scores = new LinkedHashMap<>();
    if (Files.exists(folder.rungs())) {
      RecordFile.read(
          folder.rungs(),
          "remove the file: it is made again of the trial's log",
          json -> {
            if (json.names().isEmpty()) {
              throw new UserError(json.source() + ": no score");
            }
            json.names().forEach(epochs -> scores.put(epochs, score(json, epochs)));
            return scores;
          });
    }
    return new RungScores(scores);
  }

  private static OptionalDouble score(JsonObject json, String epochs) {
    return json.text(epochs).equals(UNDEFINED)
        ? OptionalDouble.empty()
        : OptionalDouble.of(json.decimal(epochs));
  }

  /**
   * Writes down the score of every epoch up to {@code until}. They come from the trial's log, which
   * is cut back together with its checkpoint: whatever was killed when, they are the same.
   *
   * @param metric the one that counts
   */
  public static void write(RunFolder folder, String metric, int until) {
    List<OptionalDouble> scores =
        RunLog.read(folder.metrics()).evaluations().stream()
            .filter(evaluation -> evaluation.metrics().containsKey(metric))
            .map(evaluation -> evaluation.metrics().getOrDefault(metric, OptionalDouble.empty()))
            .toList();
    Map<String, Object> json = new LinkedHashMap<>();
    for (int epoch = 1; epoch <= Math.min(until, scores.size()); epoch++) {
      OptionalDouble score = scores.get(epoch - 1);
      json.put(Integer.toString(epoch), score.isPresent() ? score.getAsDouble() : UNDEFINED);
    }
    AtomicFile.writeText(folder.rungs(), Json.pretty(json));
  }

  /** That after {@code epochs}; nothing where the trial wasn't halted there. */
  public Optional<OptionalDouble> at(int epochs) {
    return Optional.ofNullable(scores.get(Integer.toString(epochs)));
  }
}
