package org.trimtab.recipe;

/** The head's loss, and nothing else. */
public record PlainRecipeConfig() implements RecipeConfig {
  @Override
  public <Y> Recipe<Y> create(RecipeSetup<Y> setup) {
    return new PlainRecipe<>(setup.model());
  }
}
