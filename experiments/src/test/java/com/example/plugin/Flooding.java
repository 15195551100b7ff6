package com.example.plugin;

import org.trimtab.backbone.Randomness;
import org.trimtab.batch.Labelled;
import org.trimtab.model.Model;
import org.trimtab.recipe.Recipe;
import org.trimtab.tensor.Tensor;

/** A loss that is kept at a level, |loss - level| + level (Ishida et al., ICML 2020). */
record Flooding<Y>(Model<Y> scored, double level) implements Recipe<Y> {
  @Override
  public Tensor loss(Labelled<Y> batch, Randomness randomness) {
    Tensor above = scored.loss(batch, randomness).add(-level);
    return above.relu().add(above.mul(-1).relu()).add(level);
  }
}
