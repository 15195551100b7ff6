package org.trimtab.method;

import java.util.Locale;
import java.util.Map;
import org.trimtab.base.Invalid;

/**
 * How many numbers a method's settings ask for, told before any of them is made.
 *
 * @param numbers by the settings' component that asks for them; an estimate
 */
public record Sizes(Map<String, Double> numbers) {
  public static final Sizes NONE = new Sizes(Map.of());

  /** Single precision: a value, its gradient and two moments of an optimizer. */
  private static final double BYTES = 16;

  private static final double GIBIBYTE = 1L << 30;

  /**
   * Refuses what no training could hold.
   *
   * @param memory bytes that there are
   * @throws Invalid for the component that asks for the most
   */
  public void require(long memory) {
    double all = numbers.values().stream().mapToDouble(n -> n).sum();
    if (all * BYTES > memory) {
      String most =
          numbers.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      throw new Invalid(
          most,
          String.format(
              Locale.ROOT,
              "training would need %.1f GiB for the %.0f parameters of these settings; found %.1f"
                  + " GiB of memory; allowed a smaller value",
              all * BYTES / GIBIBYTE,
              all,
              memory / GIBIBYTE));
    }
  }
}
