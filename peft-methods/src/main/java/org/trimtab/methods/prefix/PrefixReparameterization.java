package org.trimtab.methods.prefix;

/** What makes the keys and values. */
public enum PrefixReparameterization {
  /** They are the parameters (P-tuning v2). */
  NONE,
  /** tanh(E W1 + b1) W2 + b2 (Li and Liang, 2021). */
  MLP,
  /** One more hidden tanh layer. */
  DEEP
}
