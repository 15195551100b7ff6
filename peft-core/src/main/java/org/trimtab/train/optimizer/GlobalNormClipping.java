package org.trimtab.train.optimizer;

import java.util.Map;
import org.trimtab.tensor.Gradients;

/**
 * Scales all gradients together, so that their global norm is at most {@code largest} (Pascanu et
 * al., 2013), and measures the norm before.
 *
 * @param largest 0 for no clipping
 */
public record GlobalNormClipping(double largest) implements GradientTransform {
  /** The global norm before clipping. */
  public static final String NORM = "gradient_norm";

  /** Torch's clip_grad_norm_ adds the same. */
  private static final double EPSILON = 1e-6;

  @Override
  public Map<String, Double> apply(Gradients gradients) {
    double norm = gradients.norm();
    if (largest > 0 && Double.isFinite(norm) && norm > largest) {
      gradients.mulInPlace(largest / (norm + EPSILON));
    }
    return Map.of(NORM, norm);
  }
}
