package org.trimtab.tuning;

import java.util.List;
import java.util.stream.Stream;
import org.trimtab.base.UserError;
import org.trimtab.config.Setting;

/**
 * What is asked of a model: settings that have no effect on that are refused by name.
 *
 * @param what it is, for people
 * @param idle keys without effect, with those below them
 */
public record SavedUse(String what, List<String> idle) {
  /** The scores of its dev sets. */
  public static final SavedUse SCORES =
      new SavedUse("a saved model's scores", List.of("checkpoint", "trackers"));

  /** Predictions of parts of its task's data. */
  public static final SavedUse SPLITS =
      new SavedUse("a saved model's predictions", join(SCORES.idle(), SavedChanges.OF_SCORES));

  /** Predictions of other texts. */
  public static final SavedUse TEXTS =
      new SavedUse(
          "a saved model's predictions of texts",
          join(join(SPLITS.idle(), SavedChanges.OF_DATA), List.of("task.directory")));

  private static List<String> join(List<String> some, List<String> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /**
   * Refuses settings of the command line that have no effect here.
   *
   * @throws UserError naming the first key
   */
  public void requireEffect(List<String> sets) {
    require(Setting.ofCommandLine(sets));
  }

  /**
   * Refuses settings that have no effect here.
   *
   * @throws UserError naming the first key
   */
  public void require(List<Setting> settings) {
    for (Setting setting : settings) {
      for (String key : setting.keys()) {
        if (SavedChanges.isBelow(idle, key)) {
          throw new UserError(
              setting.origin() + ": " + key + " has no effect on " + what + "; leave it out");
        }
      }
    }
  }
}
