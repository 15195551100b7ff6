package org.trimtab.experiments.statistics;

import java.util.Locale;

/** How tables write scores and probabilities; {@code format.js} has the page's way. */
public final class Numbers {
  private Numbers() {}

  /** A rate with three decimals; an error so too, but for very small and very large ones. */
  public static String score(double value, boolean rate) {
    double size = Math.abs(value);
    boolean plain = rate || value == 0 || (size >= 0.01 && size < 1e6);
    return plain
        ? String.format(Locale.ROOT, "%.3f", value)
        : String.format(Locale.ROOT, "%.2e", value).replaceFirst("e([-+])0", "e$1");
  }

  /** With its sign. */
  public static String difference(double value, boolean rate) {
    return (value >= 0 ? "+" : "") + score(value, rate);
  }

  /** Of a test: what is smaller than three decimals show is said to be so. */
  public static String probability(double p) {
    return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }
}
