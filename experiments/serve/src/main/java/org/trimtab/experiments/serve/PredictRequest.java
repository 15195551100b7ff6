package org.trimtab.experiments.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.UserError;
import org.trimtab.config.Suggestion;
import org.trimtab.experiments.serving.Limits;
import org.trimtab.experiments.serving.Row;
import org.trimtab.json.Json;

/** The body of {@code POST /predict}: a task and the rows that it is to judge. */
record PredictRequest(String task, List<Row> rows) {
  private static final List<String> KEYS = List.of("task", "texts");

  /**
   * Reads a body.
   *
   * @param tasks the names that are served
   * @throws Refusal 400 for what isn't such JSON, 404 for another task, 422 beyond a limit
   */
  static PredictRequest of(byte[] body, List<String> tasks, Limits limits) {
    JsonNode json = json(body);
    if (!json.isObject()) {
      throw wrong("body", json, "an object with task and texts");
    }
    json.fieldNames().forEachRemaining(PredictRequest::requireKnown);
    JsonNode task = json.path("task");
    if (!task.isTextual()) {
      throw wrong("task", task, "the name of a task");
    }
    String name = task.textValue();
    if (!tasks.contains(name)) {
      throw new Refusal(
          404,
          "task: none of that name is served; found "
              + shortened(name)
              + "; allowed "
              + String.join(", ", tasks)
              + Suggestion.of(shortened(name), tasks));
    }
    return new PredictRequest(name, rows(name, json.path("texts"), limits));
  }

  private static JsonNode json(byte[] body) {
    if (body.length == 0) {
      throw new Refusal(400, "body: found nothing; allowed an object with task and texts");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return Json.parse(text, "body");
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "body: not UTF-8");
    } catch (UserError e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    }
  }

  private static void requireKnown(String key) {
    if (!KEYS.contains(key)) {
      throw new Refusal(
          400,
          "body: unknown key; found "
              + shortened(key)
              + "; allowed "
              + String.join(", ", KEYS)
              + Suggestion.of(shortened(key), KEYS));
    }
  }

  private static List<Row> rows(String task, JsonNode texts, Limits limits) {
    if (!texts.isArray()) {
      throw wrong("texts", texts, "a list of texts, or of pairs [\"a\", \"b\"]");
    }
    if (texts.isEmpty() || texts.size() > limits.texts()) {
      throw new Refusal(
          422, "texts: found " + texts.size() + "; allowed 1 to " + limits.texts() + " a request");
    }
    List<Row> rows = new ArrayList<>();
    for (JsonNode text : texts) {
      Row row = row(task, text, "texts[" + rows.size() + "]");
      if (row.length() > limits.characters()) {
        throw new Refusal(
            422,
            "texts[%d]: found %d characters; allowed %d"
                .formatted(rows.size(), row.length(), limits.characters()));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Row row(String task, JsonNode text, String place) {
    if (text.isTextual()) {
      return new Row(task, text.textValue(), Optional.empty());
    }
    if (text.isArray() && text.size() == 2 && text.get(0).isTextual() && text.get(1).isTextual()) {
      return new Row(task, text.get(0).textValue(), Optional.of(text.get(1).textValue()));
    }
    throw wrong(place, text, "a text, or a pair [\"a\", \"b\"]");
  }

  private static Refusal wrong(String place, JsonNode found, String allowed) {
    String told = found.isMissingNode() ? "nothing" : shortened(found.toString());
    return new Refusal(400, place + ": found " + told + "; allowed " + allowed);
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) > 40
        ? text.substring(0, text.offsetByCodePoints(0, 40)) + "..."
        : text;
  }
}
