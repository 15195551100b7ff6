package org.trimtab.jmh.subject;

import java.util.List;

/**
 * Which model a benchmark measures.
 *
 * @param method a file of {@code configs/methods} without its ending
 * @param backbone one of {@link Presets#backbones}
 * @param sets settings over those of the preset, {@code key=value}
 */
public record Choice(String method, String backbone, List<String> sets) {
  public Choice {
    sets = List.copyOf(sets);
  }

  /** A preset as it is, over MiniLM. */
  public static Choice of(String method) {
    return new Choice(method, Presets.MINILM, List.of());
  }
}
