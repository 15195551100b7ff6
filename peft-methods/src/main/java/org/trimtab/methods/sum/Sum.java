package org.trimtab.methods.sum;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.backbone.Contributions;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.method.combine.Combination;
import org.trimtab.tensor.Params;

/**
 * The sum of what any methods add. MAM adapters (He et al., ICLR 2022) are the sum of a prefix and
 * a parallel adapter. Parts that replace the output of one site are refused.
 */
public final class Sum implements PeftMethod<SumConfig> {
  @Override
  public Class<SumConfig> configType() {
    return SumConfig.class;
  }

  @Override
  public String description() {
    return "The sum of any methods, such as MAM adapters";
  }

  @Override
  public String paper() {
    return "MAM: He et al., ICLR 2022";
  }

  @Override
  public String attaches() {
    return "where its parts do";
  }

  @Override
  public String parameters() {
    return "those of its parts";
  }

  @Override
  public Sizes sizes(SumConfig config, Setup setup) {
    return Combination.sizes(config.parts(), setup);
  }

  @Override
  public Optional<HubForm<SumConfig>> adapterHub(AdapterHubForms others) {
    return Optional.of(new SumHubForm(others));
  }

  @Override
  public PeftModule create(SumConfig config, Setup setup) {
    return of(Combination.parts(config.parts(), setup, setup.methods()::create));
  }

  @Override
  public PeftModule createFolded(SumConfig config, Setup setup) {
    return of(Combination.parts(config.parts(), setup, setup.methods()::createFolded));
  }

  private static PeftModule of(Map<String, PeftModule> parts) {
    return new Combination(
        parts,
        new Params(),
        (contributions, forward) -> Contributions.sum(List.copyOf(contributions.values())));
  }
}
