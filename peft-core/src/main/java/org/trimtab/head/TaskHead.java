package org.trimtab.head;

import java.util.List;
import java.util.Set;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Randomness;
import org.trimtab.backbone.ReadRows;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * What a task has on top of a backbone: parameters, a loss and predictions. It sees the whole batch
 * (token ids, marked places, gold values), so that it may score tokens, spans or examples.
 *
 * @param <Y> a gold value
 */
public interface TaskHead<Y> {
  /** All that trains of it. */
  Params params();

  /** Which rows of the last layer's states loss and predictions depend on. */
  Set<ReadRows> reads();

  /**
   * The mean loss of a batch's examples, a scalar.
   *
   * @param hidden of the batch's pass, states (B K, T, H)
   * @param randomness what is drawn while training
   */
  Tensor loss(Hidden hidden, Labelled<Y> batch, Randomness randomness);

  /**
   * What the states say, an example each, in the batch's order. Nothing is drawn at random.
   *
   * @param hidden of the batch's pass, states (B K, T, H)
   */
  List<Prediction<Y>> predict(Hidden hidden, Batch batch);
}
