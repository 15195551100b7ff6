package org.trimtab.backbone;

import org.trimtab.tensor.Tensor;

/**
 * A batch of token sequences.
 *
 * @param ids (B, T) whole numbers
 * @param types (B, T) whole numbers, the segment of each token
 * @param mask (B, T), one for a real token and zero for padding
 */
public record Input(Tensor ids, Tensor types, Tensor mask) {}
