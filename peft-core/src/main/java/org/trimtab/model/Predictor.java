package org.trimtab.model;

import java.util.List;
import org.trimtab.batch.Batch;
import org.trimtab.head.Prediction;

/**
 * What predicts batches: a model in memory, or the same one in another engine.
 *
 * @param <Y> a gold value
 */
@FunctionalInterface
public interface Predictor<Y> extends AutoCloseable {
  /** A prediction for each example, in the batch's order, with what the method traces of it. */
  List<Prediction<Y>> predict(Batch batch);

  /** Frees what it holds besides a model that it was given. */
  @Override
  default void close() {}
}
