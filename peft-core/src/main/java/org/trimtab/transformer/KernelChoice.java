package org.trimtab.transformer;

/** How a backbone's layers are computed; the last bits of a result differ. */
public enum KernelChoice {
  /** By kernels where the backing has them and nothing looks into what they join. */
  AUTO,
  /** By kernels, as {@link #AUTO}; whatever rules them out is an error. */
  FUSED,
  /** Operation by operation: the reference. */
  COMPOSED
}
