package org.trimtab.base;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number as data files write it: digits with a point at most, and an exponent, such as {@code
 * 2.5}, {@code .5} and {@code 1e-3}; spaces may stand around it. Neither {@code 3d} nor {@code
 * 0x1p3} nor {@code NaN} is one.
 */
public final class DecimalText {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private DecimalText() {}

  /** Empty where {@code text} is no number, or one too large for a double. */
  public static Optional<Double> parse(String text) {
    String plain = text.strip();
    return NUMBER.matcher(plain).matches()
        ? Optional.of(Double.valueOf(plain)).filter(value -> Double.isFinite(value))
        : Optional.empty();
  }
}
