package org.trimtab.methods.ptuning;

/** What makes the virtual tokens of their embeddings. */
public enum PromptEncoder {
  /** H → width, ReLU, width → width, ReLU, width → H. */
  MLP,
  /** Bidirectional LSTM layers, then 2 width → 2 width, ReLU, 2 width → H. */
  LSTM
}
