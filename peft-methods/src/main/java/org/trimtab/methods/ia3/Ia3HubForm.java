package org.trimtab.methods.ia3;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubNames;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.base.Invalid;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.site.HubTargets;

/** IA3 as the adapters library's files have it: a LoRA of rank 1 that scales. */
final class Ia3HubForm implements HubForm<Ia3Config> {
  private static final String VECTOR = ".ia3_l";

  @Override
  public String architecture() {
    return "lora";
  }

  @Override
  public Optional<Ia3Config> read(HubSource source) {
    JsonSettings settings = source.settings();
    if (!settings.text(HubTargets.COMPOSITION, HubTargets.ADD).equals(HubTargets.SCALE)) {
      return Optional.empty();
    }
    settings.known("init_weights", "init_weights_seed", "dtype");
    settings.requireUnset("use_dora", "vera_b", "vera_d", "leave_out", "use_gating");
    settings.require("r", "1", "IA3's vectors have no rank");
    if (settings.decimal("alpha", 1) != 1) {
      throw settings.wrong(
          "alpha", "found " + settings.text("alpha", "") + "; allowed 1: IA3 scales by its vector");
    }
    settings.decimal("dropout", 0); // the library refuses another for IA3
    return Optional.of(new Ia3Config(HubTargets.read(settings)));
  }

  @Override
  public Map<String, Object> write(Ia3Config config, HubTarget target) {
    if (target.gated()) {
      throw new Invalid("", "the adapters library's gate scales IA3's vectors themselves");
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architecture", architecture());
    json.put(HubTargets.COMPOSITION, HubTargets.SCALE);
    json.put("r", 1);
    json.put("alpha", 1);
    json.put("init_weights", "ia3");
    json.put("use_gating", false);
    json.putAll(HubTargets.write("scaled", EnumSet.copyOf(config.scaled())));
    json.put("leave_out", List.of());
    return json;
  }

  @Override
  public Map<String, HubTensor> tensors(Ia3Config config, Map<String, long[]> parameters) {
    Map<String, HubTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) -> {
          String path = name.substring(0, name.length() - VECTOR.length());
          tensors.put(name, new HubTensor(HubNames.lora(path) + ".lora_B", shape[0], 1));
        });
    return tensors;
  }
}
