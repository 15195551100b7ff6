package org.trimtab.transformer;

import org.trimtab.backbone.Dropout;
import org.trimtab.tensor.Tensor;

/** The backbone's own dropout in one pass. */
record StackDropout(Dropout dropout, DropoutRates rates) {
  /** After the embeddings and each branch. */
  Tensor hidden(Tensor x) {
    return dropout.apply(x, rates.hidden());
  }

  /** On the attention's weights. */
  Tensor attention(Tensor x) {
    return dropout.apply(x, rates.attention());
  }
}
