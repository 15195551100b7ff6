package org.trimtab.method.layer;

import org.trimtab.backbone.At;
import org.trimtab.tensor.Tensor;

/** What an adapter beside a branch reads. */
public enum AdapterInput {
  /** The branch's own output (Houlsby et al., 2019). */
  BRANCH {
    @Override
    Tensor of(At at, Tensor out) {
      return out;
    }
  },
  /** What the residual and the norm make of it (Pfeiffer et al., 2021). */
  NORMALIZED {
    @Override
    Tensor of(At at, Tensor out) {
      return at.after(out);
    }
  },
  /** What enters the branch: a parallel adapter (He et al., 2022). */
  PARALLEL {
    @Override
    Tensor of(At at, Tensor out) {
      return at.in();
    }
  };

  abstract Tensor of(At at, Tensor out);
}
