package org.trimtab.tensor;

/** The number format that a model computes in. */
public enum Precision {
  FP32,
  /** Slow, but exact enough to check gradients against central differences. */
  FP64
}
