package org.trimtab.method.layer;

import org.trimtab.tensor.Tensor;

/** An element-wise non-linearity. */
public enum Activation {
  RELU {
    @Override
    public Tensor of(Tensor x) {
      return x.relu();
    }
  },
  GELU {
    @Override
    public Tensor of(Tensor x) {
      return x.gelu();
    }
  },
  SWISH {
    @Override
    public Tensor of(Tensor x) {
      return x.silu();
    }
  },
  TANH {
    @Override
    public Tensor of(Tensor x) {
      return x.tanh();
    }
  },
  SIGMOID {
    @Override
    public Tensor of(Tensor x) {
      return x.sigmoid();
    }
  };

  public abstract Tensor of(Tensor x);
}
