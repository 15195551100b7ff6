package org.trimtab.methods.unipelt;

import org.trimtab.method.Parts;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;

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
  public PeftModule create(UniPeltConfig config, Setup setup) {
    Parts parts = Parts.create(config.parts(), setup, false);
    return new UniPeltModule(config, parts, Gates.create(config, parts, setup));
  }

  @Override
  public PeftModule createFolded(UniPeltConfig config, Setup setup) {
    Parts parts = Parts.create(config.parts(), setup, true);
    return new UniPeltModule(config, parts, Gates.create(config, parts, setup));
  }
}
