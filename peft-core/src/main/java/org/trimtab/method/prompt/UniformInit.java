package org.trimtab.method.prompt;

import org.trimtab.base.Check;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Tensor;

/**
 * Values of U(-bound, bound); 0.5 in Lester et al. (2021). (Their code draws from [0, 0.5).)
 *
 * @param bound the largest absolute value
 */
public record UniformInit(double bound) implements PromptInit {
  public UniformInit {
    Check.positive("bound", bound);
  }

  @Override
  public Tensor rows(int length, Setup setup) {
    return setup.init().uniform(bound, length, setup.spec().textStack().hidden());
  }
}
