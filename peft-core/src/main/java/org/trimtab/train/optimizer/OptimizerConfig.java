package org.trimtab.train.optimizer;

import org.trimtab.base.Check;

/** Settings of an optimizer, the YAML kind {@code optimizer}. */
public interface OptimizerConfig {
  /** The arithmetic of an update. */
  UpdateRule rule();

  /** Adam with decoupled weight decay. */
  record AdamWConfig(double beta1, double beta2, double epsilon) implements OptimizerConfig {
    public AdamWConfig {
      Check.all(
          () -> Check.rate("beta1", beta1),
          () -> Check.rate("beta2", beta2),
          () -> Check.positive("epsilon", epsilon));
    }

    @Override
    public UpdateRule rule() {
      return new AdamW(beta1, beta2, epsilon);
    }
  }

  /** Stochastic gradient descent. */
  record SgdConfig(double momentum) implements OptimizerConfig {
    public SgdConfig {
      Check.rate("momentum", momentum);
    }

    @Override
    public UpdateRule rule() {
      return new Sgd(momentum);
    }
  }

  /** Adafactor without factored moments, as prompt tuning uses it. */
  record AdafactorConfig(double decayRate, double clipThreshold) implements OptimizerConfig {
    public AdafactorConfig {
      Check.all(
          () -> Check.positive("decayRate", decayRate),
          () -> Check.positive("clipThreshold", clipThreshold));
    }

    @Override
    public UpdateRule rule() {
      return new Adafactor(decayRate, clipThreshold);
    }
  }
}
