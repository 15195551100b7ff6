package org.trimtab.methods.idpg;

import org.trimtab.base.Check;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.layer.Phm;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Tensor;

/**
 * Two parameterised hypercomplex layers, W = Σ_i A_i ⊗ B_i, with an activation between. A, B and
 * the inner bias start as N(0, 0.05²).
 *
 * @param n how many Kronecker terms
 * @param width m
 * @param activation between the layers
 * @param sharedRule whether both layers share the A (as the slides count S-IDPG), or each has its
 *     own (the released code)
 */
public record PhmGenerator(int n, int width, Activation activation, boolean sharedRule)
    implements GeneratorConfig {
  static final double DEVIATION = 0.05;

  public PhmGenerator {
    Check.all(() -> Check.positive("n", n), () -> Check.positive("width", width));
  }

  @Override
  public double numbers(double out) {
    return Math.pow(n, 3) + width * out / n;
  }

  @Override
  public Generator create(Target target) {
    GeneratorConfig.requireDivides(n, target, width);
    Init init = target.init();
    Phm below = new Phm(n, rule(sharedRule ? "phm_rule" : "down.phm_rule", target));
    Tensor down = target.add("down.weight", init.normal(DEVIATION, n, target.in() / n, width / n));
    Tensor bias = target.add("down.bias", init.normal(DEVIATION, width));
    Phm above = sharedRule ? below : new Phm(n, rule("up.phm_rule", target));
    Tensor up = target.add("up.weight", init.normal(DEVIATION, n, width / n, target.out() / n));
    return (z, dropout) -> above.of(dropout.apply(activation.of(below.of(z, down).add(bias))), up);
  }

  private Tensor rule(String name, Target target) {
    return target.add(name, target.init().normal(DEVIATION, n, n, n));
  }
}
