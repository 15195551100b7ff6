package org.trimtab.experiments.runs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.trimtab.json.JsonObject;

/** How a trial stands. */
public enum Status {
  /** There is a result. */
  FINISHED,
  /** There is a result, and the model gives every example the same value. */
  COLLAPSED,
  /** Its epochs are over; it can go on. */
  HALTED,
  /** The training can't go on: that is a result too, of these settings. */
  DIVERGED,
  /** Its files or settings don't fit together. */
  REFUSED,
  /** Something else went wrong in it. */
  FAILED,
  /** Its process was lost, more often than it is tried again, or another one is at it. */
  LOST,
  /** It was asked to end early; it can go on. */
  STOPPED,
  /** It was begun and hasn't ended; it can go on. */
  INTERRUPTED,
  /** It wasn't begun. */
  PENDING;

  /** As files and tables write it. */
  public String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The status at {@code key} of a file.
   *
   * @param possible which the file can say
   * @throws org.trimtab.base.UserError if there is none
   */
  public static Status read(JsonObject object, String key, Predicate<Status> possible) {
    List<Status> all = Arrays.stream(values()).filter(possible).toList();
    List<String> spellings = all.stream().map(Status::spelling).toList();
    return all.get(spellings.indexOf(object.oneOf(key, spellings)));
  }

  /** Whether there is a result. */
  public boolean scored() {
    return this == FINISHED || this == COLLAPSED;
  }

  /** Whether the trial ended, and there is no result. */
  public boolean withoutResult() {
    return failed() || this == DIVERGED;
  }

  /** Whether something went wrong that isn't a result. */
  public boolean failed() {
    return this == REFUSED || this == FAILED || this == LOST;
  }
}
