package org.trimtab.methods.idpg;

/** What the generators of the layers share. */
public enum Sharing {
  /** One generator, and a bias for each layer's output. */
  LAYER_BIAS,
  /** One generator with one bias. */
  ALL,
  /** Each layer has a generator of its own. */
  NONE
}
