package org.trimtab.train;

import java.util.OptionalDouble;
import org.trimtab.base.Better;

/**
 * What a training's states are judged by.
 *
 * @param metric its name
 * @param better which of its values are
 * @param baseline its value without a model; empty where it is undefined
 */
public record Criterion(String metric, Better better, OptionalDouble baseline) {
  /**
   * How far a value must be from the baseline's, in the better direction, not to be within chance
   * of it: 1/√n, two standard deviations of an accuracy near one half; of an error, which has a
   * unit, that share of the baseline's.
   *
   * @param examples n
   */
  double margin(int examples) {
    double share = 1 / Math.sqrt(examples);
    return better == Better.HIGHER ? share : share * chance();
  }

  /** The baseline's; where it is undefined, as a constant's correlation is, that of none. */
  private double chance() {
    return baseline.orElse(0);
  }

  /**
   * Whether {@code value} is better than the baseline's by more than chance explains; so is every
   * error of which no baseline is known.
   */
  boolean beyondChance(double value, int examples) {
    return (better == Better.LOWER && baseline.isEmpty())
        || better.signed(value - chance()) > margin(examples);
  }

  /** A value on a scale on which higher is better. */
  double goodness(OptionalDouble value) {
    return better.goodness(value);
  }
}
