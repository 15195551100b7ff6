package org.trimtab.experiments.serving;

import java.util.List;

/** Predicts rows of several tasks together. One thread calls it from its first call to its last. */
public interface BatchPredictor {
  /**
   * An answer for each row, in their order.
   *
   * @throws RuntimeException if one of the rows can't be judged; then there is no answer to any
   */
  List<Answer> predict(List<Row> rows);
}
