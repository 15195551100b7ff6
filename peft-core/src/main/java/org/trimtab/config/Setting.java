package org.trimtab.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * One key's value from elsewhere than an experiment's own files.
 *
 * @param origin what messages name as its place
 * @param text {@code key=value}
 */
public record Setting(String origin, String text) {
  /** The command line's {@code --set}s. */
  public static List<Setting> ofCommandLine(List<String> sets) {
    return sets.stream().map(set -> new Setting("--set " + set, set)).toList();
  }

  /**
   * The single keys that it gives a value: of {@code train={lr: 1, clip: 0}} they are {@code
   * train.lr} and {@code train.clip}.
   *
   * @throws org.trimtab.base.UserError if it is no setting
   */
  public List<String> keys() {
    Problems problems = new Problems();
    ConfigNode tree = Settings.of(List.of(this), problems);
    problems.throwIfAny();
    return keys("", tree).toList();
  }

  private static Stream<String> keys(String path, ConfigNode node) {
    return node.entries().isEmpty()
        ? Stream.of(path)
        : node.entries().entrySet().stream()
            .flatMap(e -> keys(ConfigNode.join(path, e.getKey()), e.getValue().value()));
  }

  /** Whether one of two keys is the other, or stands above it. */
  public static boolean overlap(String key, String other) {
    return (key + ".").startsWith(other + ".") || (other + ".").startsWith(key + ".");
  }
}
