package org.trimtab.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Scalars by their raw text: nothing that YAML would read in a surprising way is taken. */
final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private Scalars() {}

  static Optional<Integer> integer(ConfigNode node) {
    return whole(node)
        .filter(v -> v >= Integer.MIN_VALUE && v <= Integer.MAX_VALUE)
        .map(Long::intValue);
  }

  static Optional<Long> whole(ConfigNode node) {
    if (node.quoted() || !WHOLE.matcher(node.text()).matches() || node.text().length() > 18) {
      return Optional.empty();
    }
    return Optional.of(Long.valueOf(node.text()));
  }

  static Optional<Double> number(ConfigNode node) {
    if (node.quoted() || !NUMBER.matcher(node.text()).matches()) {
      return Optional.empty();
    }
    return Optional.of(Double.valueOf(node.text())).filter(Double::isFinite);
  }

  static Optional<Boolean> truth(ConfigNode node) {
    return Stream.of(true, false)
        .filter(value -> !node.quoted() && node.text().equals(value.toString()))
        .findFirst();
  }

  /** Any text, also one that YAML would take for a number or a truth value, but not nothing. */
  static Optional<String> text(ConfigNode node) {
    boolean nothing =
        !node.quoted() && List.of("", "~", "null", "Null", "NULL").contains(node.text());
    return nothing ? Optional.empty() : Optional.of(node.text());
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
