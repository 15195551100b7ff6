package org.trimtab.transformer;

import org.trimtab.base.Invalid;

/**
 * How a backbone is loaded.
 *
 * @param tuning what of it trains
 * @param pooler whether its pooler runs
 * @param dropout its own while training
 * @param kernels how its layers are computed
 */
public record BackboneOptions(
    Tuning tuning, PoolerMode pooler, DropoutRates dropout, KernelChoice kernels) {
  /** Frozen, without pooler and dropout. */
  public static final BackboneOptions FROZEN =
      new BackboneOptions(Tuning.FROZEN, PoolerMode.NONE, DropoutRates.NONE);

  public BackboneOptions {
    if (kernels == KernelChoice.FUSED && !dropout.equals(DropoutRates.NONE)) {
      throw new Invalid(
          "kernels",
          "no kernel drops anything, and the backbone's dropout isn't 0; found fused; allowed auto,"
              + " composed");
    }
  }

  /** With kernels as they suit. */
  public BackboneOptions(Tuning tuning, PoolerMode pooler, DropoutRates dropout) {
    this(tuning, pooler, dropout, KernelChoice.AUTO);
  }
}
