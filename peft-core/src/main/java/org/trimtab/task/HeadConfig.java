package org.trimtab.task;

import org.trimtab.tensor.Init;

/** Settings of a head, the YAML kind {@code head}. */
public interface HeadConfig {
  Pooling pooling();

  /**
   * A head with new parameters.
   *
   * @param hidden H
   * @param outputs C, the classes; 1 for a regression
   */
  Head create(int hidden, int outputs, Init init);
}
