package org.trimtab.backbone;

import java.util.Optional;
import org.trimtab.tensor.Tensor;

/**
 * A norm of the pretrained model, to be read only.
 *
 * @param gain (H)
 * @param bias (H)
 * @param kind the normalisation itself
 */
public record FrozenNorm(Tensor gain, Optional<Tensor> bias, Kind kind) {
  /** What a norm computes, with any gain and bias. */
  @FunctionalInterface
  public interface Kind {
    Tensor of(Tensor x, Tensor gain, Optional<Tensor> bias);
  }
}
