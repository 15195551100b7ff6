package org.trimtab.transformer;

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
    kernels.requireFor(dropout);
  }

  /** With kernels as they suit. */
  public BackboneOptions(Tuning tuning, PoolerMode pooler, DropoutRates dropout) {
    this(tuning, pooler, dropout, KernelChoice.AUTO);
  }
}
