package org.trimtab.backbone;

import java.util.Optional;
import org.trimtab.tensor.Tensor;

/**
 * A linear layer of the pretrained model, to be read only.
 *
 * @param weight (out, in)
 * @param bias (out)
 */
public record FrozenLinear(Tensor weight, Optional<Tensor> bias) {}
