package org.trimtab.config;

import java.util.List;

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
}
