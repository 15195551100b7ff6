package org.trimtab.experiments.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.trimtab.base.UserError;
import org.trimtab.experiments.sweep.plan.SweepPlan;
import org.trimtab.experiments.sweep.plan.SweepTrial;

/** What differs between the plan that a sweep was begun with and the one of now. */
final class PlanChanges {
  private static final int LINES = 20;

  private PlanChanges() {}

  /**
   * Refuses a plan that isn't the one that the sweep was begun with.
   *
   * @throws UserError with a line for each difference
   */
  static void requireNone(SweepFolder folder, SweepPlan before, SweepPlan now) {
    List<String> lines = lines(before, now);
    if (!lines.isEmpty()) {
      List<String> shown = new ArrayList<>(lines.subList(0, Math.min(LINES, lines.size())));
      if (lines.size() > LINES) {
        shown.add("  ... and " + (lines.size() - LINES) + " more");
      }
      throw new UserError(
          folder.path()
              + ": the sweep has changed since it was begun; --accept-changes takes the new one and"
              + " keeps the trials that are still in it, another file name begins another sweep\n"
              + String.join("\n", shown));
    }
  }

  /** Each difference once, with the trials that it is of. */
  static List<String> lines(SweepPlan before, SweepPlan now) {
    Map<String, SweepTrial> old = byLabel(before);
    Map<String, SweepTrial> current = byLabel(now);
    Map<String, List<String>> differences = new LinkedHashMap<>();
    if (!before.halving().equals(now.halving())) {
      note("halving: " + before.halving() + " -> " + now.halving(), "the sweep", differences);
    }
    if (!before.reference().equals(now.reference())) {
      note("reference: " + before.reference() + " -> " + now.reference(), "the sweep", differences);
    }
    Set<String> labels = new LinkedHashSet<>(old.keySet());
    labels.addAll(current.keySet());
    for (String label : labels) {
      SweepTrial a = old.get(label);
      SweepTrial b = current.get(label);
      if (a == null || b == null) {
        note(a == null ? "added" : "removed", label, differences);
      } else {
        settings(a, b).forEach(line -> note(line, label, differences));
      }
    }
    return differences.entrySet().stream().map(e -> line(e.getKey(), e.getValue())).toList();
  }

  private static void note(String what, String of, Map<String, List<String>> differences) {
    differences.computeIfAbsent(what, w -> new ArrayList<>()).add(of);
  }

  private static String line(String what, List<String> of) {
    return "  "
        + what
        + " ("
        + of.get(0)
        + (of.size() == 1 ? ")" : " and " + (of.size() - 1) + " more)");
  }

  private static Map<String, SweepTrial> byLabel(SweepPlan plan) {
    Map<String, SweepTrial> trials = new LinkedHashMap<>();
    plan.trials().forEach(trial -> trials.put(trial.label(), trial));
    return trials;
  }

  private static List<String> settings(SweepTrial a, SweepTrial b) {
    Set<String> keys = new LinkedHashSet<>(a.settings().keySet());
    keys.addAll(b.settings().keySet());
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      String before = a.settings().getOrDefault(key, "(none)");
      String after = b.settings().getOrDefault(key, "(none)");
      if (!before.equals(after)) {
        lines.add(key + ": " + before + " -> " + after);
      }
    }
    return lines;
  }
}
