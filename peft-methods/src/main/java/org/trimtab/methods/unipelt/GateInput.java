package org.trimtab.methods.unipelt;

/** What a gate reads. */
public enum GateInput {
  /** What its part reads. */
  MODULE,
  /** The layer's input. */
  LAYER
}
