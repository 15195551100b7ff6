package org.trimtab.transformer;

/**
 * How a backbone is loaded.
 *
 * @param tuning what of it trains
 * @param pooler whether its pooler runs
 * @param dropout its own while training
 */
public record BackboneOptions(Tuning tuning, PoolerMode pooler, DropoutRates dropout) {
  /** Frozen, without pooler and dropout. */
  public static final BackboneOptions FROZEN =
      new BackboneOptions(Tuning.FROZEN, PoolerMode.NONE, DropoutRates.NONE);
}
