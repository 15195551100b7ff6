package org.trimtab.experiments.track.mlflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.trimtab.base.Sha256;

/** Keys and values as MLflow takes them: of few characters, and not too long. */
final class MlflowNames {
  private static final int LONGEST_KEY = 250;
  private static final int LONGEST_VALUE = 6000;
  private static final int DIGITS = 16;

  private MlflowNames() {}

  /** {@code seeds[0]} as {@code seeds.0}; another character that is not allowed as {@code _}. */
  static String key(String name) {
    String allowed =
        name.replaceAll("\\[(\\d+)]", ".$1")
            .replaceAll("[^A-Za-z0-9_./ -]", "_")
            .replaceAll("/{2,}", "/");
    return allowed.length() <= LONGEST_KEY
        ? allowed
        : allowed.substring(0, LONGEST_KEY - DIGITS - 1)
            + "-"
            + Sha256.of(name).substring(0, DIGITS);
  }

  /**
   * Settings as parameters.
   *
   * @param cut hears of each that is cut
   */
  static Map<String, String> parameters(Map<String, String> settings, Consumer<String> cut) {
    Map<String, String> parameters = new LinkedHashMap<>();
    settings.forEach(
        (key, value) -> {
          boolean whole = value.length() <= LONGEST_VALUE && key.length() <= LONGEST_KEY;
          if (!whole) {
            cut.accept(key + " is longer than MLflow allows, and cut there");
          }
          parameters.put(key(key), value(value));
        });
    return parameters;
  }

  static String value(String text) {
    return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE - 3) + "...";
  }
}
