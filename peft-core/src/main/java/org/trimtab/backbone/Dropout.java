package org.trimtab.backbone;

import org.trimtab.tensor.Tensor;

/** Dropout that is on in training and off in evaluation. */
@FunctionalInterface
public interface Dropout {
  Dropout OFF = (x, rate) -> x;
  Dropout ON = (x, rate) -> rate == 0 ? x : x.dropout(rate);

  Tensor apply(Tensor x, double rate);
}
