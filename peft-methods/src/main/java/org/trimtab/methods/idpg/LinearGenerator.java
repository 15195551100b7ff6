package org.trimtab.methods.idpg;

import org.trimtab.tensor.Tensor;

/** One linear layer, which starts as N(0, 0.02²). */
public record LinearGenerator() implements GeneratorConfig {
  private static final double DEVIATION = 0.02;

  @Override
  public double numbers(double out) {
    return out;
  }

  @Override
  public Generator create(Target target) {
    Tensor weight =
        target.add("weight", target.init().normal(DEVIATION, target.out(), target.in()));
    return (z, dropout) -> z.linear(weight);
  }
}
