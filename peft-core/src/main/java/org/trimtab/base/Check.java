package org.trimtab.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Checks for the constructors of settings; each failure is an {@link Invalid} that says why. */
public final class Check {
  private Check() {}

  public static void positive(String key, double value) {
    require(value > 0, key, value, "a number above 0");
  }

  public static void notNegative(String key, double value) {
    require(value >= 0, key, value, "0 or a number above it");
  }

  /** Both bounds are allowed. */
  public static void between(String key, double value, double low, double high) {
    require(
        value >= low && value <= high,
        key,
        value,
        "a number from " + text(low) + " to " + text(high));
  }

  /** A share that is at least 0 and below 1, such as a dropout rate. */
  public static void rate(String key, double value) {
    require(value >= 0 && value < 1, key, value, "0 or more and less than 1");
  }

  /** Nothing may stand twice in a list. */
  public static void distinct(String key, List<?> values) {
    for (int i = 0; i < values.size(); i++) {
      if (values.indexOf(values.get(i)) < i) {
        throw new Invalid(key + "[" + i + "]", "found " + values.get(i) + " a second time");
      }
    }
  }

  /** Two settings name different columns or fields, where both name one. */
  public static void differ(
      String key, Optional<String> value, String otherKey, Optional<String> other) {
    if (value.isPresent() && value.equals(other)) {
      throw new Invalid(key, "found " + value.get() + ", which " + otherKey + " is already");
    }
  }

  public static void notEmpty(String key, Collection<?> value) {
    if (value.isEmpty()) {
      throw new Invalid(key, "must name at least one");
    }
  }

  /**
   * Makes every check, whatever the others say.
   *
   * @throws Invalid the first refusal; the further ones are suppressed ones of it
   */
  public static void all(Runnable... checks) {
    List<Invalid> refusals = new ArrayList<>();
    for (Runnable check : checks) {
      try {
        check.run();
      } catch (Invalid e) {
        refusals.add(e);
      }
    }
    if (!refusals.isEmpty()) {
      Invalid first = refusals.get(0);
      refusals.subList(1, refusals.size()).forEach(first::addSuppressed);
      throw first;
    }
  }

  private static void require(boolean holds, String key, double value, String allowed) {
    if (!holds) {
      throw new Invalid(key, "not allowed; found " + text(value) + "; allowed " + allowed);
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
