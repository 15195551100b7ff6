package org.trimtab.methods.residualprompt;

import org.trimtab.backbone.Dropout;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * The MLP φ of Residual Prompt Tuning: LayerNorm(Dropout(act(P W_down + b_down) W_up + b_up)), with
 * the linear layers' initial values as torch has them, U(±1/√fan-in).
 */
final class Reparameterization {
  /** torch's default for a LayerNorm. */
  private static final double EPSILON = 1e-5;

  private final ResidualPromptConfig config;
  private final Tensor down;
  private final Tensor downBias;
  private final Tensor up;
  private final Tensor upBias;
  private final Tensor gain;
  private final Tensor bias;

  /** Adds its parameters to {@code params}, in the group {@code mlp}, their names after prefix. */
  Reparameterization(ResidualPromptConfig config, int hidden, Init init, Named params) {
    this.config = config;
    int m = config.bottleneck();
    double downBound = 1 / Math.sqrt(hidden);
    double upBound = 1 / Math.sqrt(m);
    down = params.add("down.weight", init.uniform(downBound, m, hidden));
    downBias = params.add("down.bias", init.uniform(downBound, m));
    up = params.add("up.weight", init.uniform(upBound, hidden, m));
    upBias = params.add("up.bias", init.uniform(upBound, hidden));
    Tensor ones = init.constant(config.layerNormGain(), hidden);
    Tensor zeros = init.zeros(hidden);
    gain = config.layerNorm() ? params.add("norm.weight", ones) : ones;
    bias = config.layerNorm() ? params.add("norm.bias", zeros) : zeros;
  }

  /** Parameters of the group {@code mlp} under a common prefix. */
  record Named(Params params, String prefix) {
    Tensor add(String name, Tensor value) {
      return params.add("mlp", prefix + name, value);
    }
  }

  /** φ of rows (n, H), each by itself. */
  Tensor of(Tensor rows, Dropout dropout) {
    Tensor inner = config.activation().of(rows.linear(down, downBias));
    Tensor out = dropout.apply(inner.linear(up, upBias), config.dropout());
    return config.layerNorm() ? out.layerNorm(gain, bias, EPSILON) : out;
  }
}
