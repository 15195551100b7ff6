package org.trimtab.weights.onnx;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The activations that models are made with, as functions of a number. */
final class Activations {
  /** By the names that Hugging Face has for them. */
  private static final Map<String, DoubleUnaryOperator> ALL =
      new TreeMap<>(
          Map.of(
              "gelu", Activations::gelu,
              "gelu_new", Activations::tanhGelu,
              "relu", Activations::relu,
              "silu", x -> x * sigmoid(x)));

  /** Constants in half precision move a function by less, gelu and gelu_new are further apart. */
  private static final double CLOSE = 2e-4;

  private Activations() {}

  static Iterable<String> names() {
    return ALL.keySet();
  }

  /** The name of the activation that {@code function} is; none for another function. */
  static Optional<String> name(DoubleUnaryOperator function) {
    return ALL.entrySet().stream()
        .filter(known -> distance(known.getValue(), function) < CLOSE)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static double distance(DoubleUnaryOperator one, DoubleUnaryOperator other) {
    return IntStream.rangeClosed(-40, 40)
        .mapToDouble(i -> i / 4.0)
        .map(x -> Math.abs(one.applyAsDouble(x) - other.applyAsDouble(x)))
        .map(d -> Double.isNaN(d) ? Double.POSITIVE_INFINITY : d)
        .max()
        .orElseThrow();
  }

  static double relu(double x) {
    return Math.max(x, 0);
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static double gelu(double x) {
    return x * (1 + erf(x / Math.sqrt(2))) / 2;
  }

  static double tanhGelu(double x) {
    return x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))) / 2;
  }

  /** To 1.5e-7: Abramowitz and Stegun (1964), 7.1.26. */
  static double erf(double x) {
    double t = 1 / (1 + 0.3275911 * Math.abs(x));
    double polynomial =
        t
            * (0.254829592
                + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    return Math.signum(x) * (1 - polynomial * Math.exp(-x * x));
  }
}
