package org.trimtab.recipe;

import java.util.List;
import java.util.Map;
import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Labelled;
import org.trimtab.model.Model;
import org.trimtab.tensor.HostTensor;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.train.optimizer.GradientTransform;

/**
 * What a training minimises. It may run several models, or a model several times with more added to
 * a pass than the method adds, train parameters of its own, and remember things between the steps.
 *
 * <p>Tensors that outlive a batch are made when the recipe is, not in {@link #loss}: what is made
 * there is freed with the batch. What is drawn comes from the batch's {@link Randomness} and need
 * not be remembered.
 *
 * @param <Y> a gold value
 */
public interface Recipe<Y> extends AutoCloseable {
  /** The model that is evaluated, predicts and is saved. */
  Model<Y> scored();

  /** All that trains, the parameters of {@link #scored} among it. */
  default Params params() {
    return scored().params();
  }

  /**
   * What is minimised over a batch, a scalar: the mean over its examples.
   *
   * @param randomness what is drawn, dropout on
   */
  Tensor loss(Labelled<Y> batch, Randomness randomness);

  /** What happens to a step's gradients, in this order, before they are clipped. */
  default List<GradientTransform> transforms() {
    return List.of();
  }

  /**
   * An epoch's updates are all made; it is evaluated after this.
   *
   * @param epoch from 0
   */
  default void endEpoch(int epoch) {}

  /** What it remembers besides its parameters, by name; checkpoints keep it. */
  default Map<String, HostTensor> state() {
    return Map.of();
  }

  /** Puts back what {@link #state} gave. */
  default void restore(Map<String, HostTensor> state) {}

  /** Frees what it opened besides the scored model. */
  @Override
  default void close() {}
}
