package org.trimtab.experiments.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.trimtab.base.AtomicFile;
import org.trimtab.base.TextFile;
import org.trimtab.json.Json;
import org.trimtab.json.JsonObject;

/** What a model says of a split: {@code predictions.jsonl}, a line an example. */
public final class PredictionFile {
  private static final String INDEX = "index";
  private static final String TEXT = "text";
  private static final String PAIR = "pair";
  private static final String CHOICES = "choices";
  private static final String IDX = "idx";
  private static final String CANDIDATE = "candidate";
  private static final String GOLD = "gold";
  private static final String PREDICTED = "predicted";
  private static final String SCORES = "scores";
  private static final String TRACE = "trace";

  private PredictionFile() {}

  public static void write(Path file, List<PredictedExample> examples) {
    AtomicFile.writeText(
        file, examples.stream().map(e -> line(e) + "\n").collect(Collectors.joining()));
  }

  /** An example's line, without its end. */
  public static String line(PredictedExample example) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(INDEX, example.index());
    put(example.given(), json);
    example.gold().ifPresent(gold -> json.put(GOLD, gold));
    json.put(PREDICTED, example.predicted());
    json.put(SCORES, example.scores());
    if (!example.trace().isEmpty()) {
      json.put(TRACE, example.trace());
    }
    return Json.line(json);
  }

  private static void put(PredictedExample.Given given, Map<String, Object> json) {
    json.put(TEXT, given.text());
    given.pair().ifPresent(pair -> json.put(PAIR, pair));
    if (!given.choices().isEmpty()) {
      json.put(CHOICES, given.choices());
    }
    if (!given.idx().isEmpty()) {
      json.put(IDX, given.idx());
    }
    given.candidate().ifPresent(candidate -> json.put(CANDIDATE, candidate));
  }

  /**
   * Reads a file.
   *
   * @throws org.trimtab.base.UserError if it isn't there or is damaged
   */
  public static List<PredictedExample> read(Path file) {
    List<PredictedExample> examples = new ArrayList<>();
    new TextFile(file)
        .forEachRow(
            (line, number) -> examples.add(example(JsonObject.parse(line, file + ":" + number))));
    return examples;
  }

  private static PredictedExample example(JsonObject json) {
    return new PredictedExample(
        json.number(INDEX),
        given(json),
        text(json, GOLD),
        json.text(PREDICTED),
        json.decimals(SCORES),
        json.has(TRACE) ? json.decimalsByName(TRACE) : Map.of());
  }

  private static PredictedExample.Given given(JsonObject json) {
    return new PredictedExample.Given(
        json.text(TEXT),
        text(json, PAIR),
        json.has(CHOICES) ? json.texts(CHOICES) : List.of(),
        json.has(IDX) ? json.decimals(IDX).stream().map(Double::intValue).toList() : List.of(),
        text(json, CANDIDATE));
  }

  private static Optional<String> text(JsonObject json, String key) {
    return json.has(key) ? Optional.of(json.text(key)) : Optional.empty();
  }
}
