package org.trimtab.methods.adapter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.layer.HubBottleneck;

/** Bottleneck adapters as the adapters library's files have them. */
final class AdapterHubForm implements HubForm<AdapterConfig> {
  private static final String PHM = "phm_layer";
  private static final String START = "init_weights";
  private static final String PARALLEL_START = "mam_adapter";

  @Override
  public String architecture() {
    return NO_ARCHITECTURE;
  }

  @Override
  public Optional<AdapterConfig> read(HubSource source) {
    JsonSettings settings = source.settings();
    if (settings.truth(PHM)) {
      return Optional.empty();
    }
    settings.known(
        "phm_dim",
        "phm_rank",
        "phm_bias",
        "learn_phm",
        "factorized_phm_W",
        "factorized_phm_rule",
        "shared_W_phm",
        "shared_phm_rule");
    HubBottleneck common = HubBottleneck.read(source);
    boolean zeros = settings.text(START, "bert").equals(PARALLEL_START);
    return Optional.of(
        new AdapterConfig(
            common.after(),
            common.input(),
            common.reductionFactor(),
            common.activation(),
            settings.decimal("scaling", 1),
            zeros ? AdapterInit.LORA : AdapterInit.NORMAL,
            0));
  }

  @Override
  public Map<String, Object> write(AdapterConfig config, HubTarget target) {
    HubBottleneck common =
        new HubBottleneck(
            config.after(), config.input(), config.reductionFactor(), config.activation());
    Map<String, Object> json = new LinkedHashMap<>(common.write(target));
    json.put("scaling", config.scale());
    json.put(START, config.init() == AdapterInit.LORA ? PARALLEL_START : "bert");
    return json;
  }

  @Override
  public Map<String, HubTensor> tensors(AdapterConfig config, Map<String, long[]> parameters) {
    return HubBottleneck.tensors(parameters);
  }

  @Override
  public String gate(String path) {
    return HubBottleneck.gate(path);
  }
}
