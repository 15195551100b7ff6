package org.trimtab.methods.unipelt;

/** What kind of gates there are. */
public enum Gating {
  /** σ(x w + b) of each part, averaged over rows. */
  PER_MODULE,
  /** softmax over a layer's parts of the mean of relu(x W). */
  CENTRAL,
  FIXED,
  NONE
}
