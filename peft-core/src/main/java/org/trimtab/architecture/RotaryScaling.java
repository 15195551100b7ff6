package org.trimtab.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** How rotary positions are spread over texts longer than those of pretraining. */
public interface RotaryScaling {
  /** Not at all. */
  RotaryScaling NONE = (plain, base, width) -> plain.clone();

  /**
   * Radians a position of each pair of features.
   *
   * @param plain those of {@code base} alone, d/2 of them
   * @param base θ
   * @param width d
   */
  double[] frequencies(double[] plain, double base, int width);

  /** What cosines and sines are multiplied with. */
  default double magnitude() {
    return 1;
  }

  /**
   * Position interpolation (Chen et al., 2023): all positions divided.
   *
   * @param factor what they are divided by
   */
  record Linear(double factor) implements RotaryScaling {
    @Override
    public double[] frequencies(double[] plain, double base, int width) {
      return Arrays.stream(plain).map(f -> f / factor).toArray();
    }
  }

  /**
   * Each pair by its own number, as GGUF files say what Llama 3.1 does.
   *
   * @param factors what the frequency of each pair is divided by, d/2 of them
   */
  record Factors(List<Double> factors) implements RotaryScaling {
    public Factors {
      factors = List.copyOf(factors);
    }

    @Override
    public double[] frequencies(double[] plain, double base, int width) {
      return IntStream.range(0, plain.length).mapToDouble(i -> plain[i] / factors.get(i)).toArray();
    }
  }

  /**
   * That of Llama 3.1 (Dubey et al., 2024): slow pairs interpolated, fast ones kept, those between
   * mixed.
   *
   * @param factor what positions of slow pairs are divided by
   * @param low rotations in the original length below which a pair is slow
   * @param high rotations above which it is fast
   * @param original positions of pretraining
   */
  record Llama3(double factor, double low, double high, double original) implements RotaryScaling {
    @Override
    public double[] frequencies(double[] plain, double base, int width) {
      return Arrays.stream(plain).map(this::scaled).toArray();
    }

    private double scaled(double frequency) {
      double rotations = original * frequency / (2 * Math.PI);
      double kept = Math.min(1, Math.max(0, (rotations - low) / (high - low)));
      return (1 - kept) * frequency / factor + kept * frequency;
    }
  }

  /**
   * YaRN (Peng et al., 2024).
   *
   * @param factor what positions of slow pairs are divided by
   * @param original positions of pretraining
   * @param fast rotations above which a pair is kept (β of the paper)
   * @param slow rotations below which it is interpolated (α)
   * @param magnitude of cosines and sines: 0.1 ln(factor) + 1, where a file doesn't say otherwise
   * @param whole whether the borders are rounded to whole pairs, as Hugging Face does
   */
  record Yarn(
      double factor, double original, double fast, double slow, double magnitude, boolean whole)
      implements RotaryScaling {
    @Override
    public double[] frequencies(double[] plain, double base, int width) {
      DoubleUnaryOperator pair =
          rotations ->
              width * Math.log(original / (rotations * 2 * Math.PI)) / (2 * Math.log(base));
      double from = pair.applyAsDouble(fast);
      double to = pair.applyAsDouble(slow);
      double low = Math.max(0, whole ? Math.floor(from) : from);
      double high = Math.min(width - 1.0, whole ? Math.ceil(to) : to);
      double span = low == high ? 0.001 : high - low;
      return IntStream.range(0, plain.length)
          .mapToDouble(i -> mixed(plain[i], Math.min(1, Math.max(0, (i - low) / span))))
          .toArray();
    }

    private double mixed(double frequency, double interpolated) {
      return interpolated * frequency / factor + (1 - interpolated) * frequency;
    }

    /** Where a file says nothing of it. */
    public static double magnitude(double factor) {
      return factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1;
    }
  }
}
