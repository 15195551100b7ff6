package org.trimtab.methods.ptuning;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.Place;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.prompt.PeftPrompts;
import org.trimtab.peft.PeftForm;
import org.trimtab.peft.PeftSource;

/** P-tuning as PEFT's files have it: the rows that the encoder made, and its settings. */
final class PTuningForm implements PeftForm<PTuningConfig> {
  private static final String ENCODER = "encoder_reparameterization_type";
  private static final String WIDTH = "encoder_hidden_size";
  private static final String LAYERS = "encoder_num_layers";

  @Override
  public String type() {
    return "P_TUNING";
  }

  @Override
  public boolean besideModel() {
    return true;
  }

  @Override
  public Optional<PTuningConfig> read(PeftSource source) {
    JsonSettings settings = source.settings();
    settings.known("encoder_dropout"); // of the encoder, which the files don't hold
    String encoder =
        settings.oneOf(ENCODER, Stream.of(PromptEncoder.values()).map(Enum::name).toList());
    return Optional.of(
        new PTuningConfig(
            settings.number(PeftPrompts.LENGTH),
            Place.FIRST,
            true,
            PromptEncoder.valueOf(encoder),
            settings.number(WIDTH),
            settings.number(LAYERS),
            1));
  }

  @Override
  public Map<String, Object> write(PTuningConfig config, Backbone backbone) {
    PeftPrompts.requirePlaced(config.place(), config.shiftPositions());
    Map<String, Object> json = new LinkedHashMap<>(PeftPrompts.keys(config.length()));
    json.put(ENCODER, config.encoder().name());
    json.put(WIDTH, config.width());
    json.put(LAYERS, config.layers());
    json.put("encoder_dropout", 0.0);
    return json;
  }
}
