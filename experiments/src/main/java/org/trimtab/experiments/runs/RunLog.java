package org.trimtab.experiments.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.trimtab.base.FileErrors;
import org.trimtab.base.TextFile;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;

/**
 * What a training said as it went: {@code metrics.jsonl}, a line an event; nothing in it depends on
 * time.
 *
 * @param truncated whether the last line is incomplete, as a killed run leaves it
 */
public record RunLog(
    List<Step> steps,
    List<Evaluation> evaluations,
    List<Trace> traces,
    List<Note> notes,
    List<Warning> warnings,
    boolean truncated) {
  private static final String STEP = "step";

  /** An event. */
  public interface Line {
    /** As the log holds it. */
    Map<String, Object> json();
  }

  /**
   * An update.
   *
   * @param measured what the transforms of the gradients measured, such as their norm, by name
   */
  public record Step(long step, double loss, Map<String, Double> measured, double learningRate)
      implements Line {
    private static final String LOSS = "loss";
    private static final String LEARNING_RATE = "lr";
    private static final Set<String> OWN = Set.of(STEP, LOSS, LEARNING_RATE);

    /**
     * The same.
     *
     * @throws IllegalArgumentException if a measure has the name of another value of the line
     */
    public Step {
      if (!Collections.disjoint(measured.keySet(), OWN)) {
        throw new IllegalArgumentException("a measure is called as another value of " + OWN);
      }
    }

    @Override
    public Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put(STEP, step);
      json.put(LOSS, loss);
      json.putAll(measured);
      json.put(LEARNING_RATE, learningRate);
      return json;
    }

    private static Step read(JsonObject json) {
      Map<String, Double> measured = new LinkedHashMap<>();
      json.names().stream()
          .filter(name -> !OWN.contains(name))
          .forEach(name -> measured.put(name, json.decimal(name)));
      return new Step(json.whole(STEP), json.decimal(LOSS), measured, json.decimal(LEARNING_RATE));
    }
  }

  /**
   * Dev's metrics.
   *
   * @param epoch from 1
   * @param metrics empty where undefined
   */
  public record Evaluation(long step, long epoch, Map<String, OptionalDouble> metrics)
      implements Line {
    private static final String EPOCH = "epoch";
    private static final String METRICS = "metrics";

    @Override
    public Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put(STEP, step);
      json.put(EPOCH, epoch);
      json.put(METRICS, MetricValues.json(metrics));
      return json;
    }

    private static Evaluation read(JsonObject json) {
      return new Evaluation(
          json.whole(STEP), json.whole(EPOCH), MetricValues.read(json.object(METRICS)));
    }
  }

  /** The means of what the method showed of dev's passes, such as its gates. */
  public record Trace(long step, Map<String, Double> means) implements Line {
    private static final String MEANS = "trace";

    @Override
    public Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put(STEP, step);
      json.put(MEANS, means);
      return json;
    }

    private static Trace read(JsonObject json) {
      return new Trace(json.whole(STEP), json.decimalsByName(MEANS));
    }
  }

  /** Something that is worth knowing. */
  public record Note(String message) implements Line {
    private static final String MESSAGE = "note";

    @Override
    public Map<String, Object> json() {
      return Map.of(MESSAGE, message);
    }

    private static Note read(JsonObject json) {
      return new Note(json.text(MESSAGE));
    }
  }

  /** Something that isn't as it should be. */
  public record Warning(String message) implements Line {
    private static final String MESSAGE = "warning";

    @Override
    public Map<String, Object> json() {
      return Map.of(MESSAGE, message);
    }

    private static Warning read(JsonObject json) {
      return new Warning(json.text(MESSAGE));
    }
  }

  /** Adds a line to the log of {@code folder}. */
  public static void append(RunFolder folder, Line line) {
    try {
      Files.writeString(
          folder.metrics(),
          Json.line(line.json()) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw FileErrors.unwritable(folder.metrics(), e);
    }
  }

  /**
   * Reads a log.
   *
   * @throws UserError if it isn't there or is damaged
   */
  public static RunLog read(Path file) {
    String text = new TextFile(file).text();
    boolean truncated = !text.isEmpty() && !text.endsWith("\n");
    String whole = truncated ? text.substring(0, text.lastIndexOf('\n') + 1) : text;
    RunLog log =
        new RunLog(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            truncated);
    int number = 1;
    for (String line : whole.lines().toList()) {
      log.add(JsonObject.parse(line, file + ":" + number++));
    }
    return log;
  }

  private void add(JsonObject line) {
    if (line.has(Warning.MESSAGE)) {
      warnings.add(Warning.read(line));
    } else if (line.has(Note.MESSAGE)) {
      notes.add(Note.read(line));
    } else if (line.has(Evaluation.METRICS)) {
      evaluations.add(Evaluation.read(line));
    } else if (line.has(Trace.MEANS)) {
      traces.add(Trace.read(line));
    } else {
      steps.add(Step.read(line));
    }
  }
}
