package org.trimtab.method;

import java.util.Map;
import org.trimtab.base.Invalid;
import org.trimtab.engine.Memory;

/**
 * How many numbers a method's settings ask for, told before any of them is made.
 *
 * @param numbers by the settings' component that asks for them; an estimate
 */
public record Sizes(Map<String, Double> numbers) {
  public static final Sizes NONE = new Sizes(Map.of());

  /**
   * Refuses what no training could hold.
   *
   * @param memory bytes that there are
   * @throws Invalid for the component that asks for the most
   */
  public void require(long memory) {
    double all = numbers.values().stream().mapToDouble(n -> n).sum();
    String most =
        numbers.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    Memory.requireTrained(most, all, memory);
  }
}
