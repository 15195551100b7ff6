package org.trimtab.head;

import java.util.List;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * What a head's scores mean: the loss against gold values, and the predicted value.
 *
 * @param <Y> a gold value
 */
public interface Objective<Y> {
  /** C, how many scores a row has. */
  int outputs();

  /** K, how many choices an example has; 1 where it is one text or pair. */
  int choices();

  /** The mean loss (a scalar) of scores (B K, C) against B gold values. */
  Tensor loss(Tensor scores, List<Y> gold, Tensors tensors);

  /** What one example's K C scores say. */
  Prediction<Y> predict(double[] scores);
}
