package org.trimtab.transformer.options;

import org.trimtab.base.Invalid;

/** How a backbone's layers are computed; the last bits of a result differ. */
public enum KernelChoice {
  /** By kernels where the backing has them and nothing looks into what they join. */
  AUTO,
  /** By kernels, as {@link #AUTO}; whatever rules them out is an error. */
  FUSED,
  /** Operation by operation: the reference. */
  COMPOSED;

  /**
   * Checks that a backbone with this {@code dropout} can be computed so.
   *
   * @throws Invalid if it can't
   */
  public void requireFor(DropoutRates dropout) {
    if (this == FUSED && !dropout.equals(DropoutRates.NONE)) {
      throw new Invalid(
          "kernels",
          "no kernel drops anything, and the backbone's dropout isn't 0; found fused; allowed auto,"
              + " composed");
    }
  }
}
