package org.trimtab.methods.lora;

/** What the backward pass makes of DoRA's weight norm. */
public enum NormGradient {
  /** A constant, as the paper's section 4.3 proposes and Hugging Face PEFT does. */
  DETACHED,
  /** A function of A and B: the gradient is the loss's exact derivative. */
  FULL
}
