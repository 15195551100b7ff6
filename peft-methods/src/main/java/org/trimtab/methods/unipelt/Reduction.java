package org.trimtab.methods.unipelt;

import org.trimtab.backbone.Rows;
import org.trimtab.tensor.Tensor;

/** How a gate's values of the rows (B, T, n) become one an example (B, 1, n). */
public enum Reduction {
  MASKED_MEAN {
    @Override
    Tensor of(Tensor x, Rows rows) {
      return x.meanRows(rows.mask());
    }
  },
  /** Padding counts too: the same text padded to another length has another gate. */
  UNMASKED_MEAN {
    @Override
    Tensor of(Tensor x, Rows rows) {
      return x.meanRows(rows.mask().mul(0).add(1));
    }
  },
  CLS {
    @Override
    Tensor of(Tensor x, Rows rows) {
      return rows.cls(x);
    }
  };

  abstract Tensor of(Tensor x, Rows rows);
}
