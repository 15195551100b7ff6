package org.trimtab.experiments.changes;

import java.util.List;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.config.Setting;

/** What is asked of a saved model: settings that have no effect on it are refused by name. */
public enum SavedUse {
  /** The scores of its dev sets. */
  SCORES("a saved model's scores", List.of("checkpoint")),

  /** Predictions of parts of its task's data. */
  SPLITS("a saved model's predictions", join(SCORES.idle, SavedChanges.OF_SCORES)),

  /** Predictions of other texts. */
  TEXTS(
      "a saved model's predictions of texts",
      join(SPLITS.idle, SavedChanges.OF_DATA, List.of("task.directory")));

  private final String what;

  /** Keys without effect, with those below them. */
  private final List<String> idle;

  SavedUse(String what, List<String> idle) {
    this.what = what;
    this.idle = idle;
  }

  @SafeVarargs
  private static List<String> join(List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).toList();
  }

  /**
   * Refuses settings of the command line that have no effect here.
   *
   * @throws UserError naming the first key
   */
  public void requireEffect(List<String> sets) {
    for (Setting setting : Setting.ofCommandLine(sets)) {
      for (String key : setting.keys()) {
        if (SavedChanges.isBelow(idle, key)) {
          throw new UserError(
              setting.origin() + ": " + key + " has no effect on " + what + "; leave it out");
        }
      }
    }
  }
}
