package org.trimtab.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.trimtab.json.UserError;

/** All that is wrong in a configuration, to be said at once. */
final class Problems {
  private final List<Problem> all = new ArrayList<>();

  void add(Location location, String key, String message) {
    all.add(new Problem(location, key, message));
  }

  boolean none() {
    return all.isEmpty();
  }

  /** Throws if there are any; in the order of files, lines and columns. */
  void throwIfAny() {
    if (all.isEmpty()) {
      return;
    }
    Comparator<Problem> byPlace =
        Comparator.comparing((Problem p) -> p.location().file())
            .thenComparingInt(p -> p.location().line())
            .thenComparingInt(p -> p.location().column());
    throw new UserError(
        all.stream().sorted(byPlace).map(Problem::toString).collect(Collectors.joining("\n")));
  }
}
