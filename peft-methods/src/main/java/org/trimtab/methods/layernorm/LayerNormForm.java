package org.trimtab.methods.layernorm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.method.site.Targets;
import org.trimtab.peft.ModuleNames;
import org.trimtab.peft.PeftForm;
import org.trimtab.peft.PeftSource;
import org.trimtab.peft.PeftTensor;

/** LayerNorm tuning as PEFT's files have it. */
final class LayerNormForm implements PeftForm<LayerNormConfig> {
  private static final String WRAPPED = ".ln_tuning_layers";

  @Override
  public String type() {
    return "LN_TUNING";
  }

  @Override
  public boolean besideModel() {
    return false;
  }

  @Override
  public Optional<LayerNormConfig> read(PeftSource source) {
    return Optional.of(new LayerNormConfig(source.targets(WRAPPED + ".weight")));
  }

  @Override
  public Map<String, Object> write(LayerNormConfig config, Backbone backbone) {
    Targets targets = new Targets("targets", config.targets(), List.of());
    return Map.of("target_modules", ModuleNames.of(targets.norms(backbone), backbone));
  }

  @Override
  public Map<String, PeftTensor> tensors(Map<String, long[]> parameters, Backbone backbone) {
    Map<String, PeftTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) -> {
          int dot = name.lastIndexOf('.');
          String theirs = name.substring(0, dot) + WRAPPED + name.substring(dot);
          tensors.put(name, new PeftTensor(theirs, shape));
        });
    return tensors;
  }
}
