package org.trimtab.transformer.options;

/** What of a backbone itself trains. */
public enum Tuning {
  /** Nothing: what parameter-efficient methods are for. */
  FROZEN,
  /** All weights: full fine-tuning, the baseline. */
  FULL
}
