package org.trimtab.methods.lora;

/** Which biases of the backbone train beside LoRA. */
public enum Biases {
  NONE,
  /** Those of the targeted linear layers. */
  LORA_ONLY,
  /** Every one, those of norms, embeddings and pooler too. */
  ALL
}
