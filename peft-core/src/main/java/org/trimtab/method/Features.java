package org.trimtab.method;

import org.trimtab.tensor.Tensor;

/** The frozen features of a batch. */
@FunctionalInterface
public interface Features {
  Features NONE =
      feature -> {
        throw new IllegalStateException("no features given, asked for " + feature.name());
      };

  /** (B, 1, D). */
  Tensor of(FrozenFeature feature);
}
