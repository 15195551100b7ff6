package org.trimtab.methods.residualprompt;

import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.method.prompt.PeftPrompts;
import org.trimtab.peft.PeftForm;
import org.trimtab.peft.PeftSource;

/** A residual prompt in PEFT's files: folded, it is a plain prompt, and read back as one. */
final class ResidualPromptForm implements PeftForm<ResidualPromptConfig> {
  @Override
  public String type() {
    return PeftPrompts.TYPE;
  }

  @Override
  public boolean besideModel() {
    return true;
  }

  @Override
  public Optional<ResidualPromptConfig> read(PeftSource source) {
    return Optional.empty();
  }

  @Override
  public Map<String, Object> write(ResidualPromptConfig config, Backbone backbone) {
    PeftPrompts.requirePlaced(config.place(), config.shiftPositions());
    return PeftPrompts.keys(config.length());
  }
}
