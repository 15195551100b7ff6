package org.trimtab.experiments.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.base.TextFile;
import org.trimtab.json.Json;

/**
 * What a run logged.
 *
 * @param loss of training, every few steps
 * @param dev each metric's values
 * @param trace the means of what the method showed of dev's passes, such as its gates
 * @param truncated whether the last line is incomplete, as a killed run leaves it
 */
public record History(
    List<LearningCurve.Point> loss,
    Map<String, List<LearningCurve.Point>> dev,
    Map<String, List<LearningCurve.Point>> trace,
    boolean truncated) {
  /** Reads a {@code metrics.jsonl}. */
  public static History read(Path file) {
    String text = new TextFile(file).text();
    boolean truncated = !text.isEmpty() && !text.endsWith("\n");
    String whole = truncated ? text.substring(0, text.lastIndexOf('\n') + 1) : text;
    History history =
        new History(new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), truncated);
    int number = 1;
    for (String line : whole.lines().toList()) {
      history.add(Json.parse(line, file + ":" + number++));
    }
    return history;
  }

  private void add(JsonNode line) {
    long step = line.path("step").asLong();
    if (line.has("loss")) {
      loss.add(new LearningCurve.Point(step, line.path("loss").asDouble()));
    }
    add(step, line.path("metrics"), dev);
    add(step, line.path("trace"), trace);
  }

  private static void add(
      long step, JsonNode values, Map<String, List<LearningCurve.Point>> curves) {
    for (Map.Entry<String, JsonNode> named : values.properties()) {
      double value = named.getValue().isNumber() ? named.getValue().asDouble() : Double.NaN;
      curves
          .computeIfAbsent(named.getKey(), name -> new ArrayList<>())
          .add(new LearningCurve.Point(step, value));
    }
  }
}
