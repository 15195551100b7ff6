package org.trimtab.config;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A tree as YAML that is the same as long as the tree is. Ids are hashes of it, so its layout is
 * not left to the library that writes files, which may lay them out anew in its next version.
 */
final class CanonicalText {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9/._][A-Za-z0-9/._+-]*( [A-Za-z0-9/._+-]+)*");
  private final StringBuilder out = new StringBuilder();

  private CanonicalText() {}

  static String of(ConfigNode mapping) {
    return entries(mapping, 0);
  }

  private static String entries(ConfigNode mapping, int indent) {
    CanonicalText text = new CanonicalText();
    mapping.entries().forEach((key, entry) -> text.entry(key, entry.value(), indent));
    return text.out.toString();
  }

  private void entry(String key, ConfigNode value, int indent) {
    if (!value.isNothing()) {
      out.append("  ".repeat(indent)).append(text(key)).append(':');
      value(value, indent + 1);
    }
  }

  private void value(ConfigNode node, int indent) {
    if (node.kind() == ConfigNode.Kind.MAPPING && !isShort(node)) {
      out.append('\n').append(entries(node, indent));
    } else if (node.items().stream().anyMatch(item -> item.kind() == ConfigNode.Kind.MAPPING)) {
      out.append('\n');
      node.items().forEach(item -> item(item, indent));
    } else {
      out.append(' ').append(inLine(node)).append('\n');
    }
  }

  /** Without settings: of a variant there is its type. */
  private static boolean isShort(ConfigNode mapping) {
    return mapping.without("type").entries().isEmpty();
  }

  private void item(ConfigNode mapping, int indent) {
    String text = entries(mapping, indent + 1).stripLeading();
    out.append("  ".repeat(indent)).append("- ").append(text);
  }

  private static String inLine(ConfigNode node) {
    return switch (node.kind()) {
      case SCALAR -> node.quoted() ? text(node.text()) : node.text();
      case SEQUENCE -> node.items().stream().map(CanonicalText::inLine).toList().toString();
      case MAPPING ->
          node.entries().entrySet().stream()
              .map(e -> text(e.getKey()) + ": " + inLine(e.getValue().value()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  private static String text(String text) {
    boolean plain =
        PLAIN.matcher(text).matches() && !List.of("null", "Null", "NULL").contains(text);
    return plain ? text : quote(text);
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
