package org.trimtab.methods.prefix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.base.Invalid;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.prompt.PeftPrompts;
import org.trimtab.peft.PeftForm;
import org.trimtab.peft.PeftSource;

/** Prefix tuning as PEFT's files have it: keys and values of all layers, moving the text. */
final class PrefixForm implements PeftForm<PrefixConfig> {
  private static final String PROJECTION = "prefix_projection";
  private static final String MID = "encoder_hidden_size";
  private static final double DEVIATION = 0.02;

  @Override
  public String type() {
    return "PREFIX_TUNING";
  }

  @Override
  public boolean besideModel() {
    return true;
  }

  @Override
  public boolean keysAndValues() {
    return true;
  }

  @Override
  public Optional<PrefixConfig> read(PeftSource source) {
    JsonSettings settings = source.settings();
    settings.known("init_weights");
    return Optional.of(
        new PrefixConfig(
            settings.number(PeftPrompts.LENGTH),
            settings.truth(PROJECTION)
                ? PrefixReparameterization.MLP
                : PrefixReparameterization.NONE,
            settings.number(MID),
            0,
            true,
            List.of(),
            PrefixInit.NORMAL,
            Optional.empty(),
            DEVIATION));
  }

  @Override
  public Map<String, Object> write(PrefixConfig config, Backbone backbone) {
    if (!config.shiftPositions()) {
      throw new Invalid("shiftPositions", "PEFT's prefixes move the text; allowed true");
    }
    if (!config.layers().isEmpty()) {
      throw new Invalid(
          "layers",
          "PEFT's prefixes are in every layer; found " + config.layers() + "; allowed []");
    }
    Map<String, Object> json = new LinkedHashMap<>(PeftPrompts.keys(config.length()));
    json.put(PROJECTION, config.reparameterization() == PrefixReparameterization.MLP);
    json.put(MID, config.mid());
    return json;
  }
}
