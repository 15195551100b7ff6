package org.trimtab.recipe;

import org.trimtab.model.Model;
import org.trimtab.tensor.Init;

/**
 * What a recipe is created with.
 *
 * @param model the new one of the experiment
 * @param init for parameters of the recipe's own
 * @param <Y> a gold value
 */
public record RecipeSetup<Y>(Model<Y> model, Init init) {}
