package org.trimtab.methods.unipelt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Contributions;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.method.combine.Combination;

/**
 * UniPELT (Mao et al., ACL 2022): several methods at once, each scaled by gates that are computed
 * of the input. It knows no method by name: any part's deltas and prefixes can be gated. A gate is
 * mean_t σ(x_t w + b), the mean of sigmoids; the released code takes the mean over padding too,
 * which {@code reduction: unmasked-mean} reproduces. Where the code has two gates for LoRA (query,
 * value), the paper has one: {@code one_gate}.
 */
public final class UniPelt implements PeftMethod<UniPeltConfig> {
  @Override
  public Class<UniPeltConfig> configType() {
    return UniPeltConfig.class;
  }

  @Override
  public String description() {
    return "Several methods at once, each behind gates that read the input";
  }

  @Override
  public String paper() {
    return "Mao et al., ACL 2022";
  }

  @Override
  public String attaches() {
    return "where its parts do";
  }

  @Override
  public String parameters() {
    return "those of its parts, and H + 1 for each site that a gated part touches";
  }

  @Override
  public Sizes sizes(UniPeltConfig config, Setup setup) {
    return Combination.sizes(config.parts(), setup);
  }

  @Override
  public Optional<HubForm<UniPeltConfig>> adapterHub(AdapterHubForms others) {
    return Optional.of(new UniPeltHubForm(others));
  }

  @Override
  public PeftModule create(UniPeltConfig config, Setup setup) {
    return of(config, setup, setup.methods()::create);
  }

  @Override
  public PeftModule createFolded(UniPeltConfig config, Setup setup) {
    return of(config, setup, setup.methods()::createFolded);
  }

  private static PeftModule of(
      UniPeltConfig config, Setup setup, BiFunction<MethodConfig, Setup, PeftModule> create) {
    Map<String, PeftModule> parts = Combination.parts(config.parts(), setup, create);
    Gates gates = Gates.create(config, parts, setup);
    return new Combination(
        parts,
        gates.params(),
        (contributions, forward) -> gated(config, gates, contributions, forward));
  }

  private static Contribution gated(
      UniPeltConfig config, Gates gates, Map<String, Contribution> parts, Forward forward) {
    OpenGates open = new OpenGates(config, gates, forward.trace());
    List<Contribution> all = new ArrayList<>(List.of(open));
    parts.forEach(
        (name, own) ->
            all.add(
                gates.gated().contains(name)
                    ? new Gated(own, open.of(name), config.prefixGate())
                    : own));
    return Contributions.sum(all);
  }
}
