package com.example.plugin;

import org.trimtab.base.Check;
import org.trimtab.train.optimizer.OptimizerConfig;
import org.trimtab.train.optimizer.Sgd;
import org.trimtab.train.optimizer.UpdateRule;

/** Gradient descent that always has momentum. */
public record HeavyBallConfig(double momentum) implements OptimizerConfig {
  public HeavyBallConfig {
    Check.positive("momentum", momentum);
  }

  @Override
  public UpdateRule rule() {
    return new Sgd(momentum);
  }
}
