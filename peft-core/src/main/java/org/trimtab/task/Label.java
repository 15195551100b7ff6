package org.trimtab.task;

import java.util.List;
import org.trimtab.base.Check;
import org.trimtab.base.Invalid;

/**
 * A class.
 *
 * @param value as the files write it
 * @param word that says what it means
 */
public record Label(String value, String word) {
  /** At least two, each once. */
  public static void requireClasses(List<Label> labels) {
    if (labels.size() < 2) {
      throw new Invalid("labels", "found " + labels.size() + "; allowed at least two classes");
    }
    Check.distinct("labels", labels.stream().map(Label::value).toList());
  }
}
