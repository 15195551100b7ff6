package com.example.plugin;

import org.trimtab.base.Check;
import org.trimtab.recipe.Recipe;
import org.trimtab.recipe.RecipeConfig;
import org.trimtab.recipe.RecipeSetup;

/** Settings of {@link Flooding}. */
public record FloodingConfig(double level) implements RecipeConfig {
  public FloodingConfig {
    Check.positive("level", level);
  }

  @Override
  public <Y> Recipe<Y> create(RecipeSetup<Y> setup) {
    return new Flooding<>(setup.model(), level);
  }
}
