package org.trimtab.recipe;

import org.trimtab.base.SettingKind;

/** The recipes that settings can name; a new one is one line here. */
public final class RecipeKinds {
  public static final SettingKind<RecipeConfig> ALL =
      SettingKind.of(RecipeConfig.class).with("plain", PlainRecipeConfig.class);

  private RecipeKinds() {}
}
