package org.trimtab.transformer.options;

/** Whether the backbone's pooler runs, and whether it trains. */
public enum PoolerMode {
  NONE,
  FROZEN,
  TRAINED
}
