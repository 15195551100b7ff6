package org.trimtab.methods.prefix;

import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.peft.PeftForm;

/**
 * Prefix tuning (Li and Liang, ACL 2021): P trained keys and values (P, H) stand before those of
 * each attention. While training an MLP makes them of an embedding; {@code fold} keeps only what it
 * makes. Without the MLP this is P-tuning v2 (Liu et al., ACL 2022).
 */
public final class PrefixTuning implements PeftMethod<PrefixConfig> {
  @Override
  public Class<PrefixConfig> configType() {
    return PrefixConfig.class;
  }

  @Override
  public String description() {
    return "Trained keys and values before those of each attention";
  }

  @Override
  public String paper() {
    return "Li and Liang, ACL 2021; P-tuning v2: Liu et al., ACL 2022";
  }

  @Override
  public String attaches() {
    return "each attention, before its keys and values";
  }

  @Override
  public String parameters() {
    return "kept: 2 L P H; MLP: P H + H m + m + 2 L H (m + 1)";
  }

  @Override
  public Sizes sizes(PrefixConfig config, Setup setup) {
    Prefix prefix = Prefix.of(config, setup);
    double mid = config.reparameterization() == PrefixReparameterization.NONE ? 0 : config.mid();
    double deep = config.reparameterization() == PrefixReparameterization.DEEP ? mid : 0;
    return new Sizes(
        Map.of(
            "length", config.length() * (double) prefix.columns(),
            "mid", mid * (prefix.width() + deep + prefix.columns())));
  }

  @Override
  public Optional<PeftForm<PrefixConfig>> peft() {
    return Optional.of(new PrefixForm());
  }

  @Override
  public Optional<HubForm<PrefixConfig>> adapterHub(AdapterHubForms others) {
    return Optional.of(new PrefixHubForm());
  }

  @Override
  public PeftModule create(PrefixConfig config, Setup setup) {
    Prefix prefix = Prefix.of(config, setup);
    if (config.reparameterization() != PrefixReparameterization.NONE) {
      return new ReparameterizedPrefix(prefix, setup);
    }
    return new FlatPrefix(
        prefix,
        config
            .initText()
            .map(text -> new TextPrefix(prefix, setup).table(text))
            .orElseGet(
                () -> setup.init().normal(config.deviation(), config.length(), prefix.columns())));
  }

  @Override
  public PeftModule createFolded(PrefixConfig config, Setup setup) {
    Prefix prefix = Prefix.of(config, setup);
    return new FlatPrefix(prefix, setup.init().zeros(config.length(), prefix.columns()));
  }
}
