package org.trimtab.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;

/** All that is wrong in a configuration, to be said at once. */
final class Problems {
  private final List<Problem> all = new ArrayList<>();
  private boolean unreadable;

  void add(Location location, String key, String message) {
    all.add(new Problem(location, key, message));
  }

  /** Notes something after which the rest can't be judged: what is missing may stand there. */
  void addUnreadable(Location location, String key, String message) {
    add(location, key, message);
    unreadable = true;
  }

  /** Notes what a record refused, each at its key below {@code path}, which {@code node} holds. */
  void addAll(Invalid refusal, String path, ConfigNode node) {
    Stream.concat(Stream.of(refusal), Stream.of(refusal.getSuppressed()))
        .filter(Invalid.class::isInstance)
        .map(Invalid.class::cast)
        .forEach(
            invalid -> {
              String own = invalid.key();
              String key = node.has(own) ? own : Scalars.key(own);
              String message = String.valueOf(invalid.getMessage());
              add(node.locationOf(key), ConfigNode.join(path, key), message);
            });
  }

  void throwIfUnreadable() {
    if (unreadable) {
      throw error();
    }
  }

  void throwIfAny() {
    if (!all.isEmpty()) {
      throw error();
    }
  }

  /** A line each, in the order of files, lines and columns. */
  UserError error() {
    Comparator<Problem> byPlace =
        Comparator.comparing((Problem p) -> p.location().file())
            .thenComparingInt(p -> p.location().line())
            .thenComparingInt(p -> p.location().column());
    return new UserError(
        all.stream()
            .sorted(byPlace)
            .map(Problem::toString)
            .distinct()
            .collect(Collectors.joining("\n")));
  }
}
