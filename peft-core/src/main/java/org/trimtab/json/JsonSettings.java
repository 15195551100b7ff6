package org.trimtab.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.base.UserError;

/** Settings in a JSON object, and which of its keys somebody has asked for. */
public final class JsonSettings {
  private final JsonObject json;
  private final Set<String> known = new LinkedHashSet<>();

  public JsonSettings(JsonObject json) {
    this.json = json;
  }

  /** A whole number from 0 on. */
  public int number(String key) {
    known(key);
    return json.number(key);
  }

  /** A number. */
  public double decimal(String key) {
    known(key);
    return json.decimal(key);
  }

  /** A number; {@code otherwise} where there is none. */
  public double decimal(String key, double otherwise) {
    known(key);
    return json.has(key) ? json.decimal(key) : otherwise;
  }

  /** A truth value; false where there is none. */
  public boolean truth(String key) {
    known(key);
    return json.has(key) && json.truth(key);
  }

  /** One of {@code allowed}. */
  public String oneOf(String key, List<String> allowed) {
    known(key);
    return json.oneOf(key, allowed);
  }

  /** A text, a number or a truth value, as text; {@code otherwise} where there is none. */
  public String text(String key, String otherwise) {
    known(key);
    return json.has(key) ? json.text(key) : otherwise;
  }

  /** The texts of a list, or a text alone; none where there is nothing. */
  public List<String> texts(String key) {
    known(key);
    if (!json.has(key)) {
      return List.of();
    }
    return json.isList(key) ? json.texts(key) : List.of(json.text(key));
  }

  /** The whole numbers of a list, or one alone; none where there is nothing. */
  public List<Integer> numbers(String key) {
    return texts(key).stream().map(text -> whole(key, text)).toList();
  }

  /** Whole numbers by name; none where there is nothing. */
  public Map<String, Integer> numbersByName(String key) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    known(key);
    if (json.has(key)) {
      json.textsByName(key).forEach((name, text) -> numbers.put(name, whole(key, text)));
    }
    return numbers;
  }

  /** Numbers by name; none where there is nothing. */
  public Map<String, Double> decimalsByName(String key) {
    known(key);
    return json.has(key) ? json.decimalsByName(key) : Map.of();
  }

  private int whole(String key, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw wrong(key, "found " + text + "; allowed whole numbers");
    }
  }

  public boolean isList(String key) {
    return json.isList(key);
  }

  /** Whether it says anything: not null, not false, not empty. */
  public boolean isSet(String key) {
    return !json.isEmpty(key);
  }

  /** Notes keys that may say what they will: nothing depends on them. */
  public void known(String... keys) {
    known.addAll(List.of(keys));
  }

  /** Notes a key that is left out, as it is told, unless it says zero. */
  public void knownIfZero(String key) {
    if (json.has(key) && json.decimal(key) == 0) {
      known(key);
    }
  }

  /**
   * Refuses keys that make the adapter compute something else.
   *
   * @throws UserError for the first that is set
   */
  public void requireUnset(String... keys) {
    known(keys);
    for (String key : keys) {
      if (isSet(key)) {
        throw wrong(
            key, "changes what the adapter computes, which Trimtab doesn't; allowed null or false");
      }
    }
  }

  /**
   * Refuses another value of {@code key} than {@code allowed}, which it has where it isn't there.
   *
   * @param why of the one that is allowed
   * @throws UserError if it says something else
   */
  public void require(String key, String allowed, String why) {
    String found = text(key, allowed);
    if (!found.equals(allowed)) {
      throw wrong(key, "found " + found + "; allowed " + allowed + ": " + why);
    }
  }

  /** Keys that are set and that nobody has asked for. */
  public List<String> unread() {
    List<String> unread = new ArrayList<>(json.names());
    unread.removeIf(key -> known.contains(key) || !isSet(key));
    return unread;
  }

  /** A refusal of what {@code key} says. */
  public UserError wrong(String key, String what) {
    return new UserError(json.source() + ": " + key + ": " + what);
  }

  /** Where they stand. */
  public String source() {
    return json.source();
  }
}
