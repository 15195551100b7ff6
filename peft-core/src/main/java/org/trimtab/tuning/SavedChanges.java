package org.trimtab.tuning;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.pretrained.BackbonePrecision;

/**
 * What differs between the settings that a model was saved with and those that it is loaded with.
 */
public final class SavedChanges {
  /** Where and how data are read, and by what they are scored: no prediction depends on it. */
  public static final List<String> OF_DATA =
      List.of(
          "task.type",
          "task.format",
          "task.train",
          "task.dev",
          "task.test",
          "task.further",
          "task.further_tests",
          "task.skip_short_rows");

  public static final List<String> OF_SCORES =
      List.of("task.metrics", "task.main_metric", "task.further_metrics");

  /** What computes: a saved model goes wherever it is loaded. */
  private static final List<String> OF_PLACE = List.of("backbone.device");

  private static final String PRECISION = "backbone.precision";
  private static final List<String> MIXED =
      List.of(BackbonePrecision.FP32.yaml(), BackbonePrecision.BF16_MIXED.yaml());

  private SavedChanges() {}

  /** In words, that the same values are computed with in another precision. */
  static Optional<String> ofRounding(Map<String, String> before, Map<String, String> now) {
    return of(before, now).stream()
        .filter(SettingChange::rounds)
        .map(change -> "was trained in " + change.before() + ", and is computed in " + change.now())
        .findFirst();
  }

  /** The differences that make it another model, or have no effect on one that is saved. */
  public static List<String> ofModel(Map<String, String> before, Map<String, String> now) {
    return of(before, now).stream()
        .filter(change -> !isBelow(OF_DATA, change.key()) && !isBelow(OF_SCORES, change.key()))
        .filter(change -> !OF_PLACE.contains(change.key()) && !change.rounds())
        .map(SettingChange::line)
        .toList();
  }

  /** The differences that make it other data. */
  public static List<String> ofData(Map<String, String> before, Map<String, String> now) {
    return of(before, now).stream()
        .filter(change -> isBelow(OF_DATA, change.key()))
        .map(SettingChange::line)
        .toList();
  }

  private record SettingChange(String key, String before, String now) {
    /** Whether the same values are computed with in bfloat16 here and in single precision there. */
    boolean rounds() {
      return key.equals(PRECISION) && MIXED.contains(before) && MIXED.contains(now);
    }

    String line() {
      return key + ": " + before + " -> " + now;
    }
  }

  private static List<SettingChange> of(Map<String, String> before, Map<String, String> now) {
    Set<String> keys = new LinkedHashSet<>(before.keySet());
    keys.addAll(now.keySet());
    List<SettingChange> changes = new ArrayList<>();
    for (String key : keys) {
      String old = before.getOrDefault(key, "(none)");
      String current = now.getOrDefault(key, "(none)");
      if (!old.equals(current)) {
        changes.add(new SettingChange(key, old, current));
      }
    }
    return changes;
  }

  /** Whether {@code key} is one of {@code parents} or stands below it. */
  public static boolean isBelow(List<String> parents, String key) {
    return parents.stream()
        .anyMatch(
            parent ->
                key.equals(parent) || key.startsWith(parent + ".") || key.startsWith(parent + "["));
  }
}
