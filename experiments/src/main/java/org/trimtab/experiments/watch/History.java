package org.trimtab.experiments.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trimtab.json.Json;
import org.trimtab.json.UserError;

/**
 * What a run logged.
 *
 * @param loss of training, every few steps
 * @param dev each metric's values
 * @param truncated whether the last line is incomplete, as a killed run leaves it
 */
public record History(
    List<LearningCurve.Point> loss, Map<String, List<LearningCurve.Point>> dev, boolean truncated) {
  /** Reads a {@code metrics.jsonl}. */
  public static History read(Path file) {
    List<LearningCurve.Point> loss = new ArrayList<>();
    Map<String, List<LearningCurve.Point>> dev = new LinkedHashMap<>();
    String text = text(file);
    boolean truncated = !text.isEmpty() && !text.endsWith("\n");
    String whole = truncated ? text.substring(0, text.lastIndexOf('\n') + 1) : text;
    int number = 1;
    for (String line : whole.lines().toList()) {
      add(Json.parse(line, file + ":" + number++), loss, dev);
    }
    return new History(loss, dev, truncated);
  }

  private static void add(
      JsonNode line, List<LearningCurve.Point> loss, Map<String, List<LearningCurve.Point>> dev) {
    long step = line.path("step").asLong();
    if (line.has("loss")) {
      loss.add(new LearningCurve.Point(step, line.path("loss").asDouble()));
    }
    for (Map.Entry<String, JsonNode> metric : line.path("metrics").properties()) {
      double value = metric.getValue().isNumber() ? metric.getValue().asDouble() : Double.NaN;
      dev.computeIfAbsent(metric.getKey(), name -> new ArrayList<>())
          .add(new LearningCurve.Point(step, value));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserError(file + ": can't be read; allowed a run folder", e);
    }
  }
}
