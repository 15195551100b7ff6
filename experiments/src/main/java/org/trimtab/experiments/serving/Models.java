package org.trimtab.experiments.serving;

/** Models that are opened, used and closed by one thread, as engines keep state by thread. */
public interface Models {
  /**
   * Opens them.
   *
   * @throws org.trimtab.base.UserError if one can't be
   */
  Open open();

  /** Models in memory. */
  interface Open extends BatchPredictor, AutoCloseable {
    @Override
    void close();
  }
}
