package org.trimtab.transformer;

/** Whether the backbone's pooler runs, and whether it trains. */
public enum PoolerMode {
  NONE,
  FROZEN,
  TRAINED
}
