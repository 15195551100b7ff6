package org.trimtab.architecture;

import java.util.Optional;
import org.trimtab.tensor.Tensor;

/** What a stack's norms compute over the last axis. */
public interface Normalization {
  /**
   * Of x (..., n).
   *
   * @param width n
   * @param gain (n)
   * @param bias (n)
   */
  Tensor of(Tensor x, int width, Tensor gain, Optional<Tensor> bias);

  /** The gain that changes nothing. */
  double neutralGain();

  /** Added to the variance. */
  double epsilon();

  /** Whether a fused operation has the mean taken away, and a bias. */
  boolean centred();

  /**
   * LayerNorm (Ba et al., 2016): mean 0 and variance 1, then gain and bias.
   *
   * @param epsilon added to the variance
   */
  record LayerNorm(double epsilon) implements Normalization {
    @Override
    public Tensor of(Tensor x, int width, Tensor gain, Optional<Tensor> bias) {
      return x.layerNorm(gain, bias.orElseGet(gain::zerosLike), epsilon);
    }

    @Override
    public double neutralGain() {
      return 1;
    }

    @Override
    public boolean centred() {
      return true;
    }
  }

  /**
   * RMSNorm (Zhang and Sennrich, 2019): x / √(mean(x²) + ε), times the gain.
   *
   * @param epsilon added to the mean of squares
   * @param offset added to the gain: 1 in Gemma, whose files hold gains less one
   */
  record RmsNorm(double epsilon, double offset) implements Normalization {
    @Override
    public Tensor of(Tensor x, int width, Tensor gain, Optional<Tensor> bias) {
      Tensor mean = x.mul(x).sumLast().mul(1.0 / width);
      Tensor normed = x.div(mean.add(epsilon).sqrt());
      Tensor scaled = normed.mul(offset == 0 ? gain : gain.add(offset));
      return bias.map(scaled::add).orElse(scaled);
    }

    @Override
    public double neutralGain() {
      return 1 - offset;
    }

    @Override
    public boolean centred() {
      return false;
    }
  }
}
