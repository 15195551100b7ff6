package org.trimtab.backbone;

import org.trimtab.tensor.Tensor;

/** Keys and values to put before one attention's own, each (B, P, H), after projection. */
public record KeyValue(int length, Tensor key, Tensor value) {}
