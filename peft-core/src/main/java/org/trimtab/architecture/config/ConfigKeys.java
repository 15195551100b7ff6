package org.trimtab.architecture.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.trimtab.architecture.Initialization;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;

/** The keys of a {@code config.json}, which remember whether they were asked for. */
public final class ConfigKeys {
  private final JsonNode root;
  private final String place;
  private final Set<String> asked = new LinkedHashSet<>();

  private ConfigKeys(JsonNode root, String place) {
    this.root = root;
    this.place = place;
  }

  /** Those of {@code file}. */
  public static ConfigKeys read(Path file) {
    return new ConfigKeys(Json.read(file), file.toString());
  }

  /** Those of {@code values}, texts, numbers, truth values, and lists and maps of such. */
  public static ConfigKeys of(Map<String, ?> values, String place) {
    return new ConfigKeys(Json.parse(Json.line(values), place), place);
  }

  /** A file of them, of a model whose numbers are in single precision, if it says in which. */
  public String inSinglePrecision() {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    root.properties().forEach(field -> all.put(field.getKey(), field.getValue()));
    for (String type : List.of("dtype", "torch_dtype")) {
      all.computeIfPresent(type, (key, old) -> TextNode.valueOf("float32"));
    }
    return Json.pretty(all) + "\n";
  }

  /**
   * In words, the keys that nobody asked for, of which it isn't known whether they change what the
   * model computes.
   */
  public List<String> warnings() {
    List<String> unknown = HarmlessKeys.unknown(root, asked);
    return unknown.isEmpty()
        ? List.of()
        : List.of(
            place
                + ": the model is computed without what these keys say: "
                + String.join(", ", unknown));
  }

  /** All of them, as they stand. */
  @Override
  public String toString() {
    return root.toString();
  }

  /** Says that {@code keys} change nothing here, whatever they say. */
  public void ignore(String... keys) {
    asked.addAll(List.of(keys));
  }

  private JsonNode at(String key) {
    asked.add(key);
    return root.path(key);
  }

  /** Whether the key stands there with a value. */
  public boolean has(String key) {
    return present(key) && !at(key).isNull();
  }

  /** Whether the key stands there, be it as null. */
  public boolean present(String key) {
    asked.add(key);
    return root.has(key);
  }

  /** The keys of the object at {@code key}. */
  public ConfigKeys object(String key) {
    if (!at(key).isObject()) {
      throw wrong(key, "an object");
    }
    return new ConfigKeys(at(key), place + ": " + key);
  }

  public int positive(String key) {
    if (whole(key) == 0) {
      throw wrong(key, "a whole number above 0");
    }
    return whole(key);
  }

  public int whole(String key) {
    JsonNode node = at(key);
    if (!node.canConvertToInt() || !node.isIntegralNumber() || node.intValue() < 0) {
      throw wrong(key, "a whole number from 0 on");
    }
    return node.intValue();
  }

  /** Any whole number, or what holds where the key has no value. */
  public int integer(String key, int otherwise) {
    JsonNode node = at(key);
    if (has(key) && !(node.canConvertToInt() && node.isIntegralNumber())) {
      throw wrong(key, "a whole number");
    }
    return has(key) ? node.intValue() : otherwise;
  }

  /** {@link #positive}, or what holds where the key has no value. */
  public int positive(String key, int otherwise) {
    return has(key) ? positive(key) : otherwise;
  }

  /** {@link #whole}, or what holds where the key has no value. */
  public int whole(String key, int otherwise) {
    return has(key) ? whole(key) : otherwise;
  }

  /** {@link #positive}, where the key has a value. */
  public OptionalInt given(String key) {
    return has(key) ? OptionalInt.of(positive(key)) : OptionalInt.empty();
  }

  public double notNegative(String key) {
    JsonNode node = at(key);
    if (!node.isNumber() || !Double.isFinite(node.doubleValue()) || node.doubleValue() < 0) {
      throw wrong(key, "a number from 0 on");
    }
    return node.doubleValue();
  }

  /** What new matrices are drawn with: {@code initializer_range}. */
  public double deviation() {
    return notNegative("initializer_range", Initialization.USUAL);
  }

  /** {@link #notNegative}, or what holds where the key has no value. */
  public double notNegative(String key, double otherwise) {
    return has(key) ? notNegative(key) : otherwise;
  }

  /** A number above 0, or what holds where the key has no value. */
  public double above0(String key, double otherwise) {
    double value = notNegative(key, otherwise);
    if (value == 0) {
      throw wrong(key, "a number above 0");
    }
    return value;
  }

  public String text(String key) {
    if (!at(key).isTextual()) {
      throw wrong(key, "a text");
    }
    return at(key).textValue();
  }

  /** {@link #text}, or what holds where the key has no value. */
  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  /** True or false, or what holds where the key has no value. */
  public boolean truth(String key, boolean otherwise) {
    if (has(key) && !at(key).isBoolean()) {
      throw wrong(key, "true or false");
    }
    return has(key) ? at(key).booleanValue() : otherwise;
  }

  /** The texts of a list, where the key has a value. */
  public Optional<List<String>> texts(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    List<String> texts = new java.util.ArrayList<>();
    for (JsonNode node : at(key)) {
      if (!node.isTextual()) {
        throw wrong(key, "a list of texts");
      }
      texts.add(node.textValue());
    }
    return Optional.of(texts);
  }

  /** The texts of a list, or of one text with {@code separator} (a pattern) between them. */
  public Optional<List<String>> listed(String key, String separator) {
    return at(key).isTextual()
        ? Optional.of(Arrays.stream(text(key).split(separator)).filter(t -> !t.isEmpty()).toList())
        : texts(key);
  }

  /** Refuses each of {@code keys} that is anything but false or nothing. */
  public void requireFalse(String... keys) {
    for (String key : keys) {
      if (has(key) && !(at(key).isBoolean() && !at(key).booleanValue())) {
        throw wrong(key, "false");
      }
    }
  }

  /** Refuses a text that is neither missing nor one of {@code allowed}. */
  public void requireOneOf(String key, String... allowed) {
    if (has(key) && !List.of(allowed).contains(text(key))) {
      throw wrong(key, String.join(", ", allowed));
    }
  }

  /** Refuses a key with a value. */
  public void requireNone(String key, String allowed) {
    if (has(key)) {
      throw wrong(key, allowed);
    }
  }

  /** What is empty, or holds only what is, says nothing. */
  public void requireEmpty(String key, String allowed) {
    if (has(key) && (at(key).isValueNode() || !isEmpty(at(key)))) {
      throw wrong(key, allowed);
    }
  }

  private static boolean isEmpty(JsonNode node) {
    for (JsonNode child : node) {
      if (child.isValueNode() || !isEmpty(child)) {
        return false;
      }
    }
    return true;
  }

  /** Refuses what no layers here compute, in whatever family. */
  public void requirePlain() {
    requireEmpty("pruned_heads", "none: all heads of all layers");
    requireEmpty("quantization_config", "none: weights as floating-point numbers");
    if (has("auto_map") && at("auto_map").has("AutoModel")) {
      throw wrong("auto_map", "none for AutoModel: code of the model's own isn't run");
    }
  }

  /** What {@code made} gives, its refusal told of {@code key}. */
  public <T> T at(String key, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new UserError(place + ": " + key + ": " + e.getMessage(), e);
    }
  }

  /** The refusal of {@code key}. */
  public UserError wrong(String key, String allowed) {
    JsonNode node = at(key);
    String found = node.isMissingNode() ? "nothing" : node.toString();
    String shown = found.length() > 60 ? found.substring(0, 60) + "..." : found;
    return new UserError(place + ": " + key + ": found " + shown + "; allowed " + allowed);
  }

  /** A refusal in other words. */
  public UserError refused(String key, String why) {
    return new UserError(place + ": " + key + ": " + why);
  }
}
