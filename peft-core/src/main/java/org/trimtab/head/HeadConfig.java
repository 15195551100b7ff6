package org.trimtab.head;

import org.trimtab.tensor.Init;

/** Settings of a head, the YAML kind {@code head}. */
public interface HeadConfig {
  Pooling pooling();

  /** A head with new parameters. */
  Head create(HeadShape shape, Init init);

  /**
   * A head that reads no spans.
   *
   * @param hidden H
   * @param outputs C, the classes; 1 for a regression
   */
  default Head create(int hidden, int outputs, Init init) {
    return create(new HeadShape(hidden, 0, outputs), init);
  }
}
