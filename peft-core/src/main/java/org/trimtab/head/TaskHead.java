package org.trimtab.head;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trimtab.backbone.Hidden;
import org.trimtab.backbone.Randomness;
import org.trimtab.backbone.ReadRows;
import org.trimtab.batch.Batch;
import org.trimtab.batch.Labelled;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

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
   * What keeps this from predicting a batch's examples, such as another number of choices: in
   * words, what was found and what is allowed. Empty where nothing does.
   */
  default Optional<String> refusal(Batch batch) {
    return Optional.empty();
  }

  /**
   * The mean loss of a batch's examples, a scalar.
   *
   * @param hidden of the batch's pass, states (B K, T, H)
   * @param randomness what is drawn while training
   */
  Tensor loss(Hidden hidden, Labelled<Y> batch, Randomness randomness);

  /**
   * What predictions are read from, by names. Nothing is drawn at random.
   *
   * @param hidden of a pass, states (B K, T, H)
   */
  Map<String, Tensor> outputs(Hidden hidden);

  /**
   * What outputs say, an example each, in the batch's order.
   *
   * @param outputs values of the tensors of {@link #outputs}, whatever computed them
   * @param batch of whose pass they are
   */
  List<Prediction<Y>> predict(Map<String, HostTensor> outputs, Batch batch);

  /**
   * What the states say.
   *
   * @param hidden of the batch's pass
   * @param tensors whose they are
   */
  default List<Prediction<Y>> predict(Hidden hidden, Batch batch, Tensors tensors) {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    outputs(hidden).forEach((name, output) -> values.put(name, tensors.host(output)));
    return predict(values, batch);
  }

  /**
   * One of {@code outputs}.
   *
   * @throws IllegalArgumentException if it isn't there
   */
  static HostTensor output(Map<String, HostTensor> outputs, String name) {
    HostTensor output = outputs.get(name);
    if (output == null) {
      throw new IllegalArgumentException("no output '" + name + "'; found " + outputs.keySet());
    }
    return output;
  }
}
