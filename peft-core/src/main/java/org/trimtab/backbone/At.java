package org.trimtab.backbone;

import org.trimtab.tensor.Tensor;

/**
 * Where a forward pass is.
 *
 * @param site the place
 * @param in what enters it, (B, T, H)
 * @param rows which of its rows are what
 */
public record At(Site site, Tensor in, Rows rows) {}
