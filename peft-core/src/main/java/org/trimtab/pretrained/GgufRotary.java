package org.trimtab.pretrained;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.trimtab.architecture.Rotary;
import org.trimtab.architecture.RotaryScaling;
import org.trimtab.base.UserError;
import org.trimtab.tensor.HostTensor;
import org.trimtab.weights.gguf.GgufMetadata;
import org.trimtab.weights.gguf.GgufWeights;

/**
 * What a GGUF file says of rotary positions.
 *
 * @param prefix of the architecture's keys, with its dot
 */
record GgufRotary(GgufWeights weights, String prefix) {
  private static final double BASE = 10_000;

  /**
   * The rotation of all layers.
   *
   * @param width d of a head, all of which turns
   * @throws UserError for a part of a head, and for a scaling that isn't known here
   */
  Rotary of(int width) {
    GgufMetadata keys = weights.metadata();
    String turned = prefix + "rope.dimension_count";
    if (keys.positive(turned, width) != width) {
      throw keys.wrong(turned, "the width of heads, " + width);
    }
    double base = keys.above0(prefix + "rope.freq_base", BASE);
    Optional<HostTensor> factors = weights.ropeFactors();
    RotaryScaling linear = linear(keys);
    if (factors.isEmpty()) {
      return new Rotary(width, base, linear);
    }
    if (!linear.equals(RotaryScaling.NONE)) {
      throw new UserError(
          weights.origin() + ": scales rotary positions twice, by keys and by rope_freqs.weight");
    }
    return new Rotary(width, base, new RotaryScaling.Factors(listed(factors.get(), width)));
  }

  private RotaryScaling linear(GgufMetadata keys) {
    String type = prefix + "rope.scaling.type";
    String factor = prefix + "rope.scaling.factor";
    String old = prefix + "rope.scale_linear";
    keys.has(prefix + "rope.scaling.original_context_length"); // of other scalings
    keys.has(prefix + "rope.scaling.finetuned"); // of how it came about
    double by = keys.above0(factor, keys.above0(old, 1));
    return switch (keys.text(type, "linear")) {
      case "none" -> RotaryScaling.NONE;
      case "linear" -> by == 1 ? RotaryScaling.NONE : new RotaryScaling.Linear(by);
      default -> throw keys.wrong(type, "none, linear");
    };
  }

  private List<Double> listed(HostTensor factors, int width) {
    List<Double> listed = Arrays.stream(factors.doubles()).boxed().toList();
    boolean numbers = listed.stream().allMatch(f -> f > 0 && Double.isFinite(f));
    if (listed.size() != width / 2 || !numbers) {
      throw new UserError(
          weights.origin()
              + ": tensor 'rope_freqs.weight' holds "
              + listed.size()
              + " values; allowed "
              + width / 2
              + " numbers above 0");
    }
    return listed;
  }
}
