package org.trimtab.experiments.serving;

import java.util.List;

/**
 * A task that is served, as clients are told of it.
 *
 * @param labels the names of its scores; of a regression {@link #VALUE} alone
 * @param maximumLength tokens of a row, special ones and prompt rows included
 */
public record ServedTask(
    String name, List<String> labels, String backbone, String method, int maximumLength) {
  /** The name of a regression's one score. */
  public static final String VALUE = "value";
}
