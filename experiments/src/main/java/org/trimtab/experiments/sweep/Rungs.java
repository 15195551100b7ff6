package org.trimtab.experiments.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.trimtab.experiments.runs.RunFolder;
import org.trimtab.json.Json;
import org.trimtab.weights.AtomicFile;

/** The dev scores at which a trial was halted, by the epochs it had by then. */
record Rungs(RunFolder folder, Map<String, Double> scores) {
  static Rungs of(RunFolder folder) {
    Map<String, Double> scores = new LinkedHashMap<>();
    if (Files.exists(folder.rungs())) {
      for (Map.Entry<String, JsonNode> rung : Json.read(folder.rungs()).properties()) {
        scores.put(rung.getKey(), rung.getValue().asDouble(Double.NEGATIVE_INFINITY));
      }
    }
    return new Rungs(folder, scores);
  }

  void add(int epochs, OptionalDouble score) {
    Map<String, Object> all = new LinkedHashMap<>(scores);
    // JSON has no infinity; an undefined score is worse than any.
    all.put(Integer.toString(epochs), score.isPresent() ? score.getAsDouble() : "undefined");
    AtomicFile.writeText(folder.rungs(), Json.pretty(all));
  }

  OptionalDouble at(int epochs) {
    Double score = scores.get(Integer.toString(epochs));
    return score == null ? OptionalDouble.empty() : OptionalDouble.of(score);
  }
}
