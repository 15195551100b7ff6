package org.trimtab.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands for {@code ${NAME}} in a value.
 *
 * @param values by name
 * @param hints how to give a value to a name that has none
 */
public record Variables(Map<String, String> values, Map<String, String> hints) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)(}?)");

  /** None at all. */
  public static final Variables NONE = new Variables(Map.of(), Map.of());

  public Variables {
    values = new LinkedHashMap<>(values);
    hints = new LinkedHashMap<>(hints);
  }

  /** The scalar with its references replaced; empty after a problem was noted. */
  Optional<ConfigNode> expand(ConfigNode node, String path, Problems problems) {
    StringBuilder expanded = new StringBuilder();
    Matcher matcher = REFERENCE.matcher(node.text());
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = matcher.group(2).isEmpty() ? null : values.get(name);
      if (value == null) {
        String hint = hints.getOrDefault(name, "allowed " + String.join(", ", hints.keySet()));
        problems.add(node.location(), path, matcher.group() + " has no value; " + hint);
        return Optional.empty();
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(expanded);
    return Optional.of(ConfigNode.scalar(node.location(), expanded.toString(), node.quoted()));
  }
}
