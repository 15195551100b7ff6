package org.trimtab.config;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands for {@code ${NAME}} in a value. Where a value is to hold such a text itself, a
 * further dollar stands before it: {@code $${NAME}}.
 *
 * @param values by name
 * @param hints how to give a value to a name that has none
 * @param later whether values stay as they are written
 */
public record Variables(Map<String, String> values, Map<String, String> hints, boolean later) {
  private static final String OPENING = "${";
  private static final String ESCAPED = "$" + OPENING;
  private static final Pattern REFERENCE = Pattern.compile("(\\$\\$\\{)|\\$\\{([^}]*)(}?)");

  /** None at all. */
  public static final Variables NONE = new Variables(Map.of(), Map.of());

  /** Every value stays as it is written: it is read again elsewhere, where variables are known. */
  public static final Variables LATER = new Variables(Map.of(), Map.of(), true);

  public Variables(Map<String, String> values, Map<String, String> hints) {
    this(values, hints, false);
  }

  public Variables {
    values = new LinkedHashMap<>(values);
    hints = new LinkedHashMap<>(hints);
  }

  /** As a file must write {@code text}, so that it is read as it is. */
  static String escaped(String text) {
    return text.replace(OPENING, ESCAPED);
  }

  /** The scalar with its references replaced; empty after a problem was noted. */
  Optional<ConfigNode> expand(ConfigNode node, String path, Problems problems) {
    if (later) {
      return Optional.of(node);
    }
    StringBuilder expanded = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(node.text());
    while (matcher.find()) {
      String value = value(matcher);
      if (value == null) {
        problems.add(
            node.location(), path, matcher.group() + " has no value; " + hint(matcher.group(2)));
        return Optional.empty();
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(expanded);
    return Optional.of(ConfigNode.scalar(node.location(), expanded.toString(), node.quoted()));
  }

  private @Nullable String value(Matcher found) {
    if (found.group(1) != null) {
      return OPENING;
    }
    return found.group(3).isEmpty() ? null : values.get(found.group(2));
  }

  private String hint(String name) {
    String known = hints.keySet().stream().map(k -> OPENING + k + "}, ").collect(joining());
    return hints.getOrDefault(name, "allowed " + known + ESCAPED + " for " + OPENING + " itself");
  }
}
