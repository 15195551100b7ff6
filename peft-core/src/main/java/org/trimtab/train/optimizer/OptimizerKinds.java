package org.trimtab.train.optimizer;

import org.trimtab.base.SettingKind;

/** The optimizers that settings can name; a new one is one line here. */
public final class OptimizerKinds {
  public static final SettingKind<OptimizerConfig> ALL =
      SettingKind.of(OptimizerConfig.class)
          .with("adamw", OptimizerConfig.AdamWConfig.class)
          .with("sgd", OptimizerConfig.SgdConfig.class)
          .with("adafactor", OptimizerConfig.AdafactorConfig.class);

  private OptimizerKinds() {}
}
