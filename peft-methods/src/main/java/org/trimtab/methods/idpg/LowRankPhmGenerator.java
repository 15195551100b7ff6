package org.trimtab.methods.idpg;

import org.trimtab.base.Check;
import org.trimtab.method.layer.Activation;
import org.trimtab.method.layer.Phm;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Tensor;

/**
 * Two hypercomplex layers whose B are of low rank, B_i = s_i t_i, and that share one set of A. The
 * factors start as N(0, 0.2236²), A and the inner bias as N(0, 0.05²). The released code runs with
 * rank 1 only.
 *
 * @param n how many Kronecker terms
 * @param width m
 * @param rank of each B
 * @param activation between the layers
 */
public record LowRankPhmGenerator(int n, int width, int rank, Activation activation)
    implements GeneratorConfig {
  private static final double FACTOR_DEVIATION = 0.2236;

  public LowRankPhmGenerator {
    Check.all(
        () -> Check.positive("n", n),
        () -> Check.positive("width", width),
        () -> Check.positive("rank", rank));
  }

  @Override
  public double numbers(double out) {
    return Math.pow(n, 3) + rank * (width + out);
  }

  @Override
  public Generator create(Target target) {
    GeneratorConfig.requireDivides(n, target, width);
    Init init = target.init();
    Phm phm = new Phm(n, target.add("phm_rule", init.normal(PhmGenerator.DEVIATION, n, n, n)));
    Tensor downLeft = factor("down.W_left", target.in() / n, rank, target);
    Tensor downRight = factor("down.W_right", rank, width / n, target);
    Tensor bias = target.add("down.bias", init.normal(PhmGenerator.DEVIATION, width));
    Tensor upLeft = factor("up.W_left", width / n, rank, target);
    Tensor upRight = factor("up.W_right", rank, target.out() / n, target);
    return (z, dropout) -> {
      Tensor inner = activation.of(phm.of(z, downLeft, downRight).add(bias));
      return phm.of(dropout.apply(inner), upLeft, upRight);
    };
  }

  private Tensor factor(String name, int rows, int columns, Target target) {
    return target.add(name, target.init().normal(FACTOR_DEVIATION, n, rows, columns));
  }
}
