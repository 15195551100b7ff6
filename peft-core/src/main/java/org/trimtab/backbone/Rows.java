package org.trimtab.backbone;

import org.trimtab.tensor.Tensor;

/** Which rows of a pass are what; one layout serves a whole pass. */
public interface Rows {
  /** (B, T): one for a row that may be attended to, real or prompt. */
  Tensor mask();

  /** (B, T): one for a real token of the text, zero for padding and prompt rows. */
  Tensor textMask();

  /** {@code rows} (B, P, H) where the rows of {@code prompt} are, zeros elsewhere: (B, T, H). */
  Tensor place(Prompt prompt, Tensor rows);

  /** Weights (B, S, T) of the text's tokens, as weights of all rows: zero for prompts. */
  Tensor joinWeights(Tensor ofText);

  /** The rows of the [CLS] token, where it really is: (B, T, H) to (B, 1, H). */
  Tensor cls(Tensor x);

  /** The rows of the last real token of each text: (B, T, H) to (B, 1, H). */
  default Tensor last(Tensor x) {
    Tensor text = textMask();
    Tensor behind = text.cumulativeSum().sub(text.sumLast()); // 0 from the last one on (B, T)
    Tensor weights = behind.add(1).relu().mul(text); // 1 for it alone
    return weights.view(0, 1, -1).matmul(x);
  }
}
