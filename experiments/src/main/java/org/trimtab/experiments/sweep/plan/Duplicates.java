package org.trimtab.experiments.sweep.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.trimtab.base.UserError;

/** Trials that a sweep asks for twice: which are left out, and which may not be. */
final class Duplicates {
  /** A trial that is left out, and the one that it is. */
  private record Duplicate(SweepTrial left, SweepTrial kept) {
    String line() {
      return left.label().equals(kept.label())
          ? left.label() + ", a second time"
          : left.label() + ", which is " + kept.label();
    }
  }

  private final List<Duplicate> all = new ArrayList<>();

  void add(SweepTrial left, SweepTrial kept) {
    all.add(new Duplicate(left, kept));
  }

  /** A line for each. */
  List<String> lines() {
    return all.stream().map(Duplicate::line).toList();
  }

  /**
   * Refuses a method or a task that has no trial of its own.
   *
   * @param origin the sweep's file, for messages
   * @param key that lists them
   * @param name theirs, of a trial
   */
  void requireOwn(
      String origin, String key, List<SweepTrial> kept, Function<SweepTrial, String> name) {
    for (Duplicate duplicate : all) {
      String left = name.apply(duplicate.left());
      if (kept.stream().noneMatch(trial -> name.apply(trial).equals(left))) {
        throw new UserError(
            origin
                + ": "
                + key
                + ": "
                + left
                + " and "
                + name.apply(duplicate.kept())
                + " say the same, and each trial of one is a trial of the other; allowed ones that"
                + " differ");
      }
    }
  }
}
