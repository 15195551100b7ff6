package org.trimtab.methods.compacter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.json.JsonSettings;
import org.trimtab.method.layer.HubBottleneck;

/** Compacter as the adapters library's files have it: bottlenecks of PHM layers. */
final class CompacterHubForm implements HubForm<CompacterConfig> {
  private static final String PHM = "phm_layer";
  private static final String N = "phm_dim";
  private static final String RANK = "phm_rank";
  private static final String SHARED = "shared_phm_rule";
  private static final String RULE = "phm_rule";

  @Override
  public String architecture() {
    return NO_ARCHITECTURE;
  }

  @Override
  public Optional<CompacterConfig> read(HubSource source) {
    JsonSettings settings = source.settings();
    if (!settings.truth(PHM)) {
      return Optional.empty();
    }
    HubBottleneck common = HubBottleneck.read(source);
    settings.requireUnset("factorized_phm_rule", "shared_W_phm");
    String factors = "Compacter's second factors have a rank";
    settings.require("factorized_phm_W", "true", factors);
    settings.require("phm_bias", "true", "Compacter's projections have one");
    settings.require("learn_phm", "true", "Compacter's first factors train");
    if (settings.decimal("scaling", 1) != 1) {
      throw settings.wrong(
          "scaling", "found " + settings.text("scaling", "") + "; allowed 1.0, of Compacter");
    }
    return Optional.of(
        new CompacterConfig(
            common.after(),
            common.input(),
            common.reductionFactor(),
            settings.number(N),
            settings.number(RANK),
            common.activation(),
            settings.truth(SHARED),
            0));
  }

  @Override
  public Map<String, Object> write(CompacterConfig config, HubTarget target) {
    HubBottleneck common =
        new HubBottleneck(
            config.after(), config.input(), config.reductionFactor(), config.activation());
    Map<String, Object> json = new LinkedHashMap<>(common.write(target));
    json.put(PHM, true);
    json.put(N, config.n());
    json.put(RANK, config.rank());
    json.put(SHARED, config.sharedRule());
    json.put("factorized_phm_W", true);
    json.put("phm_bias", true);
    json.put("learn_phm", true);
    return json;
  }

  @Override
  public Map<String, HubTensor> tensors(CompacterConfig config, Map<String, long[]> parameters) {
    Map<String, long[]> ofLayers = new LinkedHashMap<>(parameters);
    ofLayers.remove(RULE);
    Map<String, HubTensor> tensors = new LinkedHashMap<>(HubBottleneck.tensors(ofLayers));
    if (config.sharedRule()) {
      long n = config.n();
      tensors.put(RULE, new HubTensor("shared_parameters." + RULE, n, n, n));
    }
    return tensors;
  }

  @Override
  public String gate(String path) {
    return HubBottleneck.gate(path);
  }
}
