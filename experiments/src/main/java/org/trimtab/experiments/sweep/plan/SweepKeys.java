package org.trimtab.experiments.sweep.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.base.Invalid;
import org.trimtab.base.UserError;
import org.trimtab.config.Setting;

/**
 * Which keys the parts of a sweep file give values: no part may undo in silence what another says.
 */
record SweepKeys(
    Map<String, String> set,
    Map<String, List<String>> grid,
    Map<String, SweepConfig.MethodSettings> perMethod,
    Optional<SweepConfig.Search> search) {
  static final String SEEDS = "seeds";
  private static final String SPACE = "search.space";

  /**
   * Refuses a key that two parts give a value, one of them without effect.
   *
   * @throws Invalid for the key of the part that says it again
   */
  void require() {
    requireApart("grid", grid.keySet());
    requireApart(SPACE, space());
    requireNone(SPACE, space(), "grid", varied(grid));
    requireSet("set", set);
    perMethod.forEach(this::requireMethod);
  }

  private Set<String> space() {
    return search.map(SweepConfig.Search::space).orElse(Map.of()).keySet();
  }

  private void requireMethod(String method, SweepConfig.MethodSettings own) {
    String path = "perMethod." + method;
    Map<String, List<String>> ownGrid = own.grid().orElse(Map.of());
    requireApart(path + ".grid", ownGrid.keySet());
    requireNone(path + ".grid", ownGrid.keySet(), SPACE, space());
    Set<String> others = new LinkedHashSet<>(grid.keySet());
    others.removeAll(ownGrid.keySet()); // the method's own values stand for the sweep's
    requireNone(path + ".grid", ownGrid.keySet(), "grid", others);
    Map<String, String> ownSet = own.set().orElse(Map.of());
    requireSet(path + ".set", ownSet);
    requireNone(path + ".set", keys(ownSet), "its own grid", varied(ownGrid));
  }

  private void requireSet(String path, Map<String, String> values) {
    requireNoSeeds(path, values.keySet());
    requireNone(path, keys(values), "grid", varied(grid));
    requireNone(path, keys(values), SPACE, space());
  }

  /** No key of one part may stand above another of the same. */
  private static void requireApart(String path, Collection<String> keys) {
    requireNoSeeds(path, keys);
    List<String> before = new ArrayList<>();
    for (String key : keys) {
      requireNone(path, List.of(key), path, before);
      before.add(key);
    }
  }

  private static void requireNoSeeds(String path, Collection<String> keys) {
    for (String key : keys) {
      if (Setting.overlap(key, SEEDS)) {
        throw new Invalid(
            path + "." + key, "a sweep has seeds of its own; allowed its key " + SEEDS);
      }
    }
  }

  private static void requireNone(
      String path, Collection<String> keys, String elsewhere, Collection<String> taken) {
    for (String key : keys) {
      for (String other : taken) {
        if (Setting.overlap(key, other)) {
          throw new Invalid(
              path + "." + key,
              "found a second time, beside "
                  + elsewhere
                  + "."
                  + other
                  + "; allowed one of the two");
        }
      }
    }
  }

  /** The single keys that a grid's values are of. */
  private static Set<String> varied(Map<String, List<String>> of) {
    Set<String> keys = new LinkedHashSet<>();
    of.forEach((key, values) -> values.forEach(value -> keys.addAll(keys(key, value))));
    return keys;
  }

  /** The single keys that get values, be they written one by one or as mappings. */
  private static Set<String> keys(Map<String, String> values) {
    Set<String> keys = new LinkedHashSet<>();
    values.forEach((key, value) -> keys.addAll(keys(key, value)));
    return keys;
  }

  private static List<String> keys(String key, String value) {
    try {
      return new Setting(key, key + "=" + value).keys();
    } catch (UserError e) {
      return List.of(key); // it is refused, with its reason, where trials are made of it
    }
  }

  /**
   * Refuses settings of the command line that a trial's own values would undo: a row is named by
   * its values, and they must be those that its trials run with.
   *
   * @param points the values of every trial's varied keys
   */
  static void requireFree(List<String> sets, Collection<Map<String, String>> points) {
    Set<String> varied = new LinkedHashSet<>();
    points.forEach(point -> varied.addAll(keys(point)));
    for (String set : sets) {
      for (String key : new Setting("--set " + set, set).keys()) {
        if (Setting.overlap(key, SEEDS)) {
          throw new UserError(
              "--set " + set + ": a sweep's seeds stand in its file, under " + SEEDS);
        }
        varied.stream()
            .filter(other -> Setting.overlap(key, other))
            .findFirst()
            .ifPresent(
                other -> {
                  throw new UserError("--set " + set + ": the sweep itself varies " + other);
                });
      }
    }
  }
}
