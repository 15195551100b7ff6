package org.trimtab.methods.prompt;

import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Place;
import org.trimtab.base.Invalid;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.prompt.PeftPrompts;
import org.trimtab.method.prompt.UniformInit;
import org.trimtab.peft.PeftForm;
import org.trimtab.peft.PeftSource;

/** Prompt tuning as PEFT's files have it: before [CLS], moving the text's positions. */
final class PromptForm implements PeftForm<PromptConfig> {
  /** Of a start whose values are loaded over; torch's embeddings start as wide. */
  private static final double BOUND = 0.5;

  @Override
  public String type() {
    return PeftPrompts.TYPE;
  }

  @Override
  public boolean besideModel() {
    return true;
  }

  @Override
  public Optional<PromptConfig> read(PeftSource source) {
    JsonSettings settings = source.settings();
    settings.known(
        "prompt_tuning_init",
        "prompt_tuning_init_text",
        "tokenizer_name_or_path",
        "tokenizer_kwargs");
    return Optional.of(
        new PromptConfig(
            settings.number(PeftPrompts.LENGTH),
            Place.FIRST,
            true,
            false,
            Optional.empty(),
            new UniformInit(BOUND)));
  }

  @Override
  public Map<String, Object> write(PromptConfig config, Backbone backbone) {
    if (config.afterNorm()) {
      throw new Invalid("afterNorm", "PEFT's prompts join before the norm; allowed false");
    }
    if (config.layer().isPresent()) {
      throw new Invalid("layer", "PEFT's prompts join the embedded input; allowed none");
    }
    PeftPrompts.requirePlaced(config.place(), config.shiftPositions());
    return PeftPrompts.keys(config.length());
  }
}
