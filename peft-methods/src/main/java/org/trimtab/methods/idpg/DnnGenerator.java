package org.trimtab.methods.idpg;

import org.trimtab.base.Check;
import org.trimtab.method.layer.Activation;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Tensor;

/**
 * W2 act(W1 z + b1), both starting as N(0, 0.02²) and b1 as zeros. The bias of its output starts as
 * U(-0.5, 0.5) in a deep prompt, as zeros in S-IDPG, both as in the authors' code.
 *
 * @param width m
 * @param activation between the layers
 */
public record DnnGenerator(int width, Activation activation) implements GeneratorConfig {
  private static final double DEVIATION = 0.02;

  public DnnGenerator {
    Check.positive("width", width);
  }

  @Override
  public double numbers(double out) {
    return width * out;
  }

  @Override
  public Generator create(Target target) {
    Init init = target.init();
    Tensor down = target.add("down.weight", init.normal(DEVIATION, width, target.in()));
    Tensor bias = target.add("down.bias", init.zeros(width));
    Tensor up = target.add("up.weight", init.normal(DEVIATION, target.out(), width));
    return (z, dropout) -> dropout.apply(activation.of(z.linear(down, bias))).linear(up);
  }

  @Override
  public double outputBound(boolean deep) {
    return deep ? 0.5 : 0;
  }
}
