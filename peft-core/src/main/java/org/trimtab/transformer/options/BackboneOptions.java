package org.trimtab.transformer.options;

import org.trimtab.base.Invalid;

/**
 * How a backbone is loaded.
 *
 * @param tuning what of it trains
 * @param pooler whether its pooler runs
 * @param dropout its own while training
 * @param kernels how its layers are computed
 * @param bf16 whether its linear layers, but for the pooler, are computed in bfloat16, which is
 *     slow on a processor without units for it
 */
public record BackboneOptions(
    Tuning tuning, PoolerMode pooler, DropoutRates dropout, KernelChoice kernels, boolean bf16) {
  /** Frozen, without pooler and dropout. */
  public static final BackboneOptions FROZEN =
      new BackboneOptions(Tuning.FROZEN, PoolerMode.NONE, DropoutRates.NONE);

  public BackboneOptions {
    if (bf16 && tuning == Tuning.FULL) {
      throw new Invalid(
          "precision",
          "rounds frozen weights alone, and the backbone's tuning is full; found bf16-mixed;"
              + " allowed fp32");
    }
    kernels.requireFor(dropout);
  }

  /** In the precision of the tensors. */
  public BackboneOptions(
      Tuning tuning, PoolerMode pooler, DropoutRates dropout, KernelChoice kernels) {
    this(tuning, pooler, dropout, kernels, false);
  }

  /** With kernels as they suit. */
  public BackboneOptions(Tuning tuning, PoolerMode pooler, DropoutRates dropout) {
    this(tuning, pooler, dropout, KernelChoice.AUTO);
  }
}
