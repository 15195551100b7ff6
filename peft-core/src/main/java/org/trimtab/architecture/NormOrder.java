package org.trimtab.architecture;

/** Where a layer's norms stand. */
public enum NormOrder {
  /** After each branch's residual (Vaswani et al., 2017; BERT): norm(x + f(x)). */
  POST,
  /** Before each branch (Xiong et al., 2020; T5, GPT-2, Llama): x + f(norm(x)). */
  PRE,
  /** Before and after each branch (Gemma 2 and 3): x + norm(f(norm(x))). */
  AROUND;

  /** Whether a branch reads what its norm gives. */
  public boolean before() {
    return this != POST;
  }
}
