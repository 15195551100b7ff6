package org.trimtab.recipe;

import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Labelled;
import org.trimtab.model.Model;
import org.trimtab.tensor.Tensor;

/** One pass of one model, and its head's loss. */
public record PlainRecipe<Y>(Model<Y> scored) implements Recipe<Y> {
  @Override
  public Tensor loss(Labelled<Y> batch, Randomness randomness) {
    return scored.loss(batch, randomness);
  }
}
