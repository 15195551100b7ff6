package org.trimtab.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.trimtab.base.Lazy;
import org.trimtab.base.TextFile;
import org.trimtab.base.UserError;

/**
 * An object of a data file, whose faults are told at their source. A field's path names one within
 * nested objects: {@code target.span1_index}.
 */
public final class JsonObject {
  private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");
  private final JsonNode node;
  private final String source;

  /** The same object, its numbers as texts. */
  private final Supplier<JsonNode> spelled;

  private JsonObject(JsonNode node, String source, Supplier<JsonNode> spelled) {
    this.node = node;
    this.source = source;
    this.spelled = spelled;
  }

  /**
   * Reads a line; {@code source} names it in messages.
   *
   * @throws UserError if it is no object
   */
  public static JsonObject parse(String line, String source) {
    return of(Json.parse(line, source), source, new Lazy<>(() -> Json.spelled(line)));
  }

  /**
   * Reads a file.
   *
   * @throws UserError if it is missing or no object
   */
  public static JsonObject read(Path file) {
    return parse(new TextFile(file).text(), file.toString());
  }

  private static JsonObject of(JsonNode node, String source, Supplier<JsonNode> spelled) {
    if (!node.isObject()) {
      throw new UserError(source + ": no JSON object");
    }
    return new JsonObject(node, source, spelled);
  }

  /** Where it stands. */
  public String source() {
    return source;
  }

  /** The names of its fields, in their order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Whether there is a value at {@code path}. */
  public boolean has(String path) {
    return find(path).isPresent();
  }

  /** Whether the value at {@code path} is a list. */
  public boolean isList(String path) {
    return at(node, path).isArray();
  }

  /** Whether there is nothing at {@code path}: no value, false, or an empty text, list, object. */
  public boolean isEmpty(String path) {
    JsonNode value = at(node, path);
    boolean hollow = value.isContainerNode() ? value.isEmpty() : value.asText().isEmpty();
    return !has(path) || hollow || (value.isBoolean() && !value.booleanValue());
  }

  /** A text, a number or a truth value, as text; a number as it is written. */
  public String text(String path) {
    return text(path, require(path), () -> at(spelled.get(), path));
  }

  private String text(String path, JsonNode value, Supplier<JsonNode> written) {
    if (!value.isValueNode()) {
      throw wrong(path, value, "a text, a number or a truth value");
    }
    return (value.isNumber() ? written.get() : value).asText();
  }

  /** A whole number that is not negative. */
  public int number(String path) {
    JsonNode value = require(path);
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 0) {
      throw wrong(path, value, "a whole number from 0 on");
    }
    return value.intValue();
  }

  /** A whole number. */
  public long whole(String path) {
    JsonNode value = require(path);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(path, value, "a whole number");
    }
    return value.longValue();
  }

  /** A whole number; empty where it is null. */
  public OptionalLong wholeOrNull(String path) {
    return node.path(path).isNull() ? OptionalLong.empty() : OptionalLong.of(whole(path));
  }

  /** A number, or the text for one that JSON lacks, such as {@code "NaN"}. */
  public double decimal(String path) {
    return decimal(path, require(path));
  }

  private double decimal(String path, JsonNode value) {
    if (!value.isNumber() && !NOT_FINITE.contains(value.asText())) {
      throw wrong(path, value, "a number");
    }
    return value.isNumber() ? value.doubleValue() : Double.parseDouble(value.asText());
  }

  /** A number; empty where it is null or not finite. */
  public OptionalDouble decimalOrNull(String path) {
    double value = node.path(path).isNull() ? Double.NaN : decimal(path);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** A truth value. */
  public boolean truth(String path) {
    JsonNode value = require(path);
    if (!value.isBoolean()) {
      throw wrong(path, value, "true or false");
    }
    return value.booleanValue();
  }

  /** One of {@code allowed}. */
  public String oneOf(String path, Collection<String> allowed) {
    JsonNode value = require(path);
    if (!value.isTextual() || !allowed.contains(value.textValue())) {
      throw wrong(path, value, String.join(", ", allowed));
    }
    return value.textValue();
  }

  /** The texts of a list. */
  public List<String> texts(String path) {
    List<JsonNode> values = list(path);
    return IntStream.range(0, values.size())
        .mapToObj(i -> text(path, values.get(i), () -> at(spelled.get(), path).path(i)))
        .toList();
  }

  /** The numbers of a list. */
  public List<Double> decimals(String path) {
    return list(path).stream().map(value -> decimal(path, value)).toList();
  }

  /** The texts of an object, by their names. */
  public Map<String, String> textsByName(String path) {
    return byName(path, JsonObject::text);
  }

  /** The numbers of an object, by their names. */
  public Map<String, Double> decimalsByName(String path) {
    return byName(path, JsonObject::decimal);
  }

  private <V> Map<String, V> byName(String path, BiFunction<JsonObject, String, V> value) {
    JsonObject object = object(path);
    Map<String, V> values = new LinkedHashMap<>();
    object.names().forEach(name -> values.put(name, value.apply(object, name)));
    return values;
  }

  private List<JsonNode> list(String path) {
    JsonNode list = require(path);
    if (!list.isArray()) {
      throw wrong(path, list, "a list");
    }
    List<JsonNode> values = new ArrayList<>();
    list.forEach(values::add);
    return values;
  }

  /** The object at {@code path}. */
  public JsonObject object(String path) {
    return of(require(path), source + ": " + path, () -> at(spelled.get(), path));
  }

  /** The objects of the list at {@code path}, at least one. */
  public List<JsonObject> objects(String path) {
    JsonNode list = require(path);
    if (!list.isArray() || list.isEmpty()) {
      throw wrong(path, list, "a list of one object or more");
    }
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      int item = i;
      objects.add(
          of(
              list.get(i),
              source + ": " + path + "[" + i + "]",
              () -> at(spelled.get(), path).path(item)));
    }
    return objects;
  }

  private JsonNode require(String path) {
    return find(path)
        .orElseThrow(
            () ->
                new UserError(
                    source
                        + ": no field '"
                        + path
                        + "'; found "
                        + (at(node, path).isNull() ? "null" : found())));
  }

  private String found() {
    return node.isEmpty() ? "an object without fields" : String.join(", ", names());
  }

  private Optional<JsonNode> find(String path) {
    JsonNode at = at(node, path);
    return at.isMissingNode() || at.isNull() ? Optional.empty() : Optional.of(at);
  }

  /** A field whose name has points is that one, and none of a nested object. */
  private static JsonNode at(JsonNode node, String path) {
    JsonNode at = node.path(path);
    if (!at.isMissingNode()) {
      return at;
    }
    at = node;
    for (String name : path.split("\\.", -1)) {
      at = at.path(name);
    }
    return at;
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
