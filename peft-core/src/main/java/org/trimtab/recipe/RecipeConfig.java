package org.trimtab.recipe;

/** Settings of a recipe, the YAML kind {@code recipe}. */
public interface RecipeConfig {
  /**
   * A recipe at its beginning.
   *
   * @param <Y> a gold value
   * @throws org.trimtab.base.Invalid for a setting that doesn't fit the model
   */
  <Y> Recipe<Y> create(RecipeSetup<Y> setup);
}
