package org.trimtab.config;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.trimtab.base.SystemPath;

/** Scalars by their raw text: nothing that YAML would read in a surprising way is taken. */
final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("-?[1-9][0-9]{0,18}|0");
  private static final Pattern DIGITS = Pattern.compile("-?[1-9][0-9]{9,}");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,9})?");

  private Scalars() {}

  /** The value of {@code type}; empty where the text is none. */
  static Optional<?> value(Class<?> type, ConfigNode node) {
    if (isWhole(type)) {
      Optional<Long> whole = whole(node);
      return isLong(type) ? whole : whole.filter(v -> v == v.intValue()).map(Long::intValue);
    }
    if (isNumber(type)) {
      return number(node);
    }
    if (isTruth(type)) {
      return Stream.of(true, false)
          .filter(value -> !node.quoted() && node.text().equals(value.toString()))
          .findFirst();
    }
    if (type == Path.class) {
      return text(node).flatMap(text -> path(text, node.location()));
    }
    return type.isEnum() ? constant(type, node) : text(node);
  }

  private static Optional<Long> whole(ConfigNode node) {
    if (node.quoted() || !WHOLE.matcher(node.text()).matches()) {
      return Optional.empty();
    }
    BigDecimal value = new BigDecimal(node.text());
    return Optional.of(value.longValue()).filter(v -> BigDecimal.valueOf(v).compareTo(value) == 0);
  }

  /** Neither too large for a double nor so small that it would become 0. */
  private static Optional<Double> number(ConfigNode node) {
    if (node.quoted() || !NUMBER.matcher(node.text()).matches()) {
      return Optional.empty();
    }
    boolean zero = new BigDecimal(node.text()).signum() == 0;
    return Optional.of(Double.valueOf(node.text()))
        .filter(value -> Double.isFinite(value) && (value == 0) == zero);
  }

  /** Any text, also one that YAML would take for a number or a truth value, but not nothing. */
  private static Optional<String> text(ConfigNode node) {
    boolean nothing =
        !node.quoted() && List.of("", "~", "null", "Null", "NULL").contains(node.text());
    return nothing ? Optional.empty() : Optional.of(node.text());
  }

  /** A relative path stands beside the file that says it. */
  private static Optional<Path> path(String text, Location location) {
    try {
      Path directory = location.line() == 0 ? null : Path.of(location.file()).getParent();
      Path path = directory == null ? Path.of(text) : directory.resolve(text);
      return text.isBlank() ? Optional.empty() : Optional.of(SystemPath.shortened(path));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Optional<?> constant(Class<?> type, ConfigNode node) {
    return Stream.of(type.getEnumConstants())
        .filter(c -> name((Enum<?>) c).equals(node.text()))
        .findFirst();
  }

  static List<String> names(Class<?> type) {
    return Stream.of(type.getEnumConstants()).map(c -> name((Enum<?>) c)).toList();
  }

  /** For messages: what a value of {@code type} is. */
  static String allowed(Class<?> type, ConfigNode node) {
    if (isWhole(type)) {
      long bound = isLong(type) ? Long.MAX_VALUE : Integer.MAX_VALUE;
      boolean tooLarge = DIGITS.matcher(node.text()).matches() && !node.quoted();
      return "a whole number" + (tooLarge ? " from -" + bound + " to " + bound : "");
    }
    if (isNumber(type)) {
      return "a number";
    }
    if (isTruth(type)) {
      return "true or false";
    }
    if (type.isEnum()) {
      return String.join(", ", names(type));
    }
    return type == Path.class ? "a path" : "a text";
  }

  /** For messages: what was probably meant, a sentence's end, or nothing. */
  static String suggestion(Class<?> type, ConfigNode node) {
    if (type.isEnum()) {
      return Suggestion.of(node.text(), names(type));
    }
    Optional<String> meant = isTruth(type) ? truth(node.text()) : plainNumber(node.text());
    return meant
        .filter(text -> value(type, ConfigNode.scalar(node.location(), text, false)).isPresent())
        .filter(text -> isTruth(type) || isNumber(type) || isWhole(type))
        .map(text -> "; did you mean " + text + "?")
        .orElse("");
  }

  private static Optional<String> truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> Optional.of("true");
      case "false", "no", "off", "0" -> Optional.of("false");
      default -> Optional.empty();
    };
  }

  /** Without quotes, underscores, leading zeros and a fraction of 0. */
  private static Optional<String> plainNumber(String text) {
    try {
      BigDecimal value = new BigDecimal(text.strip().replace("_", ""));
      return Math.abs((long) value.scale()) > 20
          ? Optional.empty()
          : Optional.of(value.stripTrailingZeros().toPlainString());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static boolean isWhole(Class<?> type) {
    return isLong(type) || type == int.class || type == Integer.class;
  }

  private static boolean isLong(Class<?> type) {
    return type == long.class || type == Long.class;
  }

  static boolean isNumber(Class<?> type) {
    return type == double.class || type == Double.class;
  }

  static boolean isTruth(Class<?> type) {
    return type == boolean.class || type == Boolean.class;
  }

  /** An enum's constant as YAML writes it: {@code AFTER_CLS} is {@code after-cls}. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A record component as YAML writes it: {@code weightDecay} is {@code weight_decay}. */
  static String key(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
