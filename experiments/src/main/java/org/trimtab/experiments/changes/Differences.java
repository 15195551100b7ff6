package org.trimtab.experiments.changes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** In which values two JSON trees differ. */
final class Differences {
  private Differences() {}

  /**
   * One value that differs.
   *
   * @param key from the root, its parts joined by dots; empty for the root itself
   * @param before empty where it was missing
   */
  record Difference(String key, String before, String after) {
    /** As a line, its key below {@code parent}. */
    String in(String parent) {
      String whole = parent.isEmpty() || key.isEmpty() ? parent + key : parent + "." + key;
      return whole + ": " + shown(before) + " -> " + shown(after);
    }

    private static String shown(String value) {
      return value.isEmpty() ? "(none)" : value;
    }
  }

  static List<Difference> of(JsonNode before, JsonNode after) {
    List<Difference> differences = new ArrayList<>();
    compare("", before, after, differences);
    return differences;
  }

  private static void compare(
      String key, JsonNode before, JsonNode after, List<Difference> differences) {
    if (before.isObject() && after.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      before.properties().forEach(e -> names.add(e.getKey()));
      after.properties().forEach(e -> names.add(e.getKey()));
      for (String name : names) {
        String below = key.isEmpty() ? name : key + "." + name;
        compare(below, before.path(name), after.path(name), differences);
      }
    } else if (!text(before).equals(text(after))) {
      differences.add(new Difference(key, text(before), text(after)));
    }
  }

  private static String text(JsonNode node) {
    if (node.isMissingNode()) {
      return "";
    }
    return node.isTextual() ? node.asText() : node.toString();
  }
}
