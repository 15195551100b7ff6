package org.trimtab.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trimtab.base.UserError;
import org.trimtab.json.Json;

/** Plain Java values as a setting's text. */
public final class SettingValue {
  private static final String TYPE = "type";

  private SettingValue() {}

  /**
   * A setting that gives {@code key} a value.
   *
   * @param origin what messages name as its place
   * @param value text, a number, a truth, a path, or a collection or map of these; text stands for
   *     itself: a {@code ${NAME}} in it is no variable
   * @throws UserError if the value is none of these
   */
  public static Setting of(String origin, String key, Object value) {
    return new Setting(origin, key + "=" + Json.line(plain(origin + ": " + key, value)));
  }

  /**
   * A setting that gives {@code key} one of several types of settings.
   *
   * @param origin what messages name as its place
   * @param settings by their YAML keys
   * @throws UserError as {@link #of} does, and for a {@code type} among {@code settings}
   */
  public static Setting ofType(String origin, String key, String type, Map<String, ?> settings) {
    if (settings.containsKey(TYPE)) {
      throw new UserError(origin + ": " + key + "." + TYPE + ": not allowed: the type is " + type);
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(TYPE, type);
    all.putAll(settings);
    return of(origin, key, all);
  }

  private static Object plain(String place, Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> plain = new LinkedHashMap<>();
      map.forEach((k, v) -> plain.put(String.valueOf(k), plain(place + "." + k, v)));
      return plain;
    }
    if (value instanceof Collection<?> items) {
      return items.stream().map(item -> plain(place, item)).toList();
    }
    if (value instanceof Path path) {
      return Variables.escaped(path.toAbsolutePath().toString());
    }
    if (value instanceof String text) {
      return Variables.escaped(text);
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    throw new UserError(
        place
            + ": found a "
            + value.getClass().getName()
            + "; allowed text, a number, a truth, a path, or a list or map of these");
  }
}
