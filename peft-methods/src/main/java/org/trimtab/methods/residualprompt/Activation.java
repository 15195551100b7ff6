package org.trimtab.methods.residualprompt;

import org.trimtab.tensor.Tensor;

/** The non-linearity between the MLP's two layers. */
public enum Activation {
  RELU {
    @Override
    Tensor of(Tensor x) {
      return x.relu();
    }
  },
  TANH {
    @Override
    Tensor of(Tensor x) {
      return x.tanh();
    }
  },
  SIGMOID {
    @Override
    Tensor of(Tensor x) {
      return x.sigmoid();
    }
  };

  abstract Tensor of(Tensor x);
}
