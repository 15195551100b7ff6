package org.trimtab.head;

import java.util.List;
import java.util.Map;

/**
 * A predicted value.
 *
 * @param value the class, or the number of a regression
 * @param scores the classes' probabilities; of a regression the number itself
 * @param trace what the method showed of the pass, such as its gates, by name
 */
public record Prediction<Y>(Y value, List<Double> scores, Map<String, Double> trace) {
  /** Without a trace. */
  public Prediction(Y value, List<Double> scores) {
    this(value, scores, Map.of());
  }

  /** The same with another value. */
  public Prediction<Y> withValue(Y other) {
    return new Prediction<>(other, scores, trace);
  }

  /** The same with {@code values}. */
  public Prediction<Y> withTrace(Map<String, Double> values) {
    return new Prediction<>(value, scores, values);
  }
}
