package org.trimtab.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trimtab.base.UserError;

/**
 * An object of a data file, whose faults are told at their source. A field's path names one within
 * nested objects: {@code target.span1_index}.
 */
public final class JsonObject {
  private final JsonNode node;
  private final String source;

  private JsonObject(JsonNode node, String source) {
    this.node = node;
    this.source = source;
  }

  /**
   * Reads a line; {@code source} names it in messages.
   *
   * @throws UserError if it is no object
   */
  public static JsonObject parse(String line, String source) {
    return of(Json.parse(line, source), source);
  }

  private static JsonObject of(JsonNode node, String source) {
    if (!node.isObject()) {
      throw new UserError(source + ": no JSON object");
    }
    return new JsonObject(node, source);
  }

  /** Where it stands. */
  public String source() {
    return source;
  }

  /** Whether there is a value at {@code path}. */
  public boolean has(String path) {
    return find(path).isPresent();
  }

  /** A text, a number or a truth value, as text. */
  public String text(String path) {
    JsonNode value = require(path);
    if (!value.isValueNode()) {
      throw wrong(path, value, "a text, a number or a truth value");
    }
    return value.asText();
  }

  /** A whole number that is not negative. */
  public int number(String path) {
    JsonNode value = require(path);
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 0) {
      throw wrong(path, value, "a whole number from 0 on");
    }
    return value.intValue();
  }

  /** The object at {@code path}. */
  public JsonObject object(String path) {
    return of(require(path), source + ": " + path);
  }

  /** The objects of the list at {@code path}, at least one. */
  public List<JsonObject> objects(String path) {
    JsonNode list = require(path);
    if (!list.isArray() || list.isEmpty()) {
      throw wrong(path, list, "a list of one object or more");
    }
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      objects.add(of(list.get(i), source + ": " + path + "[" + i + "]"));
    }
    return objects;
  }

  private JsonNode require(String path) {
    return find(path)
        .orElseThrow(
            () -> {
              List<String> found = new ArrayList<>();
              node.fieldNames().forEachRemaining(found::add);
              return new UserError(
                  source + ": no field '" + path + "'; found " + String.join(", ", found));
            });
  }

  private Optional<JsonNode> find(String path) {
    JsonNode at = node.path(path);
    if (!at.isMissingNode()) {
      return at.isNull() ? Optional.empty() : Optional.of(at);
    }
    at = node;
    for (String name : path.split("\\.", -1)) {
      at = at.path(name);
    }
    return at.isMissingNode() || at.isNull() ? Optional.empty() : Optional.of(at);
  }

  private UserError wrong(String path, JsonNode value, String allowed) {
    String found = value.toString();
    return new UserError(
        source
            + ": "
            + path
            + ": found "
            + (found.length() > 40 ? found.substring(0, 40) + "..." : found)
            + "; allowed "
            + allowed);
  }
}
