package org.trimtab.task.read;

import org.trimtab.base.Invalid;

/** The bounds of a regression's gold values, both allowed. */
public record Range(double min, double max) {
  public Range {
    if (min >= max) {
      throw new Invalid("min", "found " + min + "; allowed a number below max, " + max);
    }
  }
}
