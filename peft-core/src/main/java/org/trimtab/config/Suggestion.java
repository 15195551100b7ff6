package org.trimtab.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that a misspelt one was probably meant to be. */
public final class Suggestion {
  private Suggestion() {}

  /** A sentence's end, {@code ; did you mean 'x'?}, or nothing if no name is near. */
  public static String of(String found, Collection<String> known) {
    Optional<String> nearest =
        known.stream()
            .min(Comparator.comparingInt((String name) -> distance(found, name)))
            .filter(name -> found.chars().anyMatch(c -> name.indexOf(c) >= 0))
            .filter(name -> distance(found, name) <= Math.max(2, name.length() / 3));
    return nearest.map(Suggestion::meant).orElse("");
  }

  /** The same for a name that is known to be meant. */
  static String meant(String name) {
    return "; did you mean '" + name + "'?";
  }

  /** Edits that make {@code a} into {@code b} (Levenshtein). */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
