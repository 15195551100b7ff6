package org.trimtab.methods.adapter;

/** How the projections start; biases start as zeros. */
public enum AdapterInit {
  /** N(0, 0.02²), both. */
  NORMAL,
  /** The down projection as torch's linear layers, U(±1/√in); the up projection zeros. */
  LORA
}
