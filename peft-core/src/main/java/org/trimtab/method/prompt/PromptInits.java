package org.trimtab.method.prompt;

import org.trimtab.base.SettingKind;

/** The starts of a soft prompt that settings can name; a new one is one line here. */
public final class PromptInits {
  public static final SettingKind<PromptInit> ALL =
      SettingKind.of(PromptInit.class)
          .with("uniform", UniformInit.class)
          .with("vocabulary", VocabularyInit.class)
          .with("label", LabelInit.class)
          .with("text", TextInit.class);

  private PromptInits() {}
}
