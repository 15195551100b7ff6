package org.trimtab.methods.unipelt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Contributions;
import org.trimtab.backbone.Site;
import org.trimtab.method.Forward;
import org.trimtab.method.Parts;
import org.trimtab.method.PeftModule;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** Parts and their gates. */
record UniPeltModule(UniPeltConfig config, Parts parts, Gates gates) implements PeftModule {
  @Override
  public Params params() {
    return parts.params().addAll("", gates.params());
  }

  @Override
  public List<Site> sites() {
    return parts.sites();
  }

  @Override
  public List<Site> replaces() {
    return parts.replaces();
  }

  @Override
  public Map<String, Tensor> constants() {
    return parts.constants();
  }

  @Override
  public int longestText() {
    return parts.longestText();
  }

  @Override
  public Optional<Boolean> promptShifts() {
    return parts.promptShifts();
  }

  @Override
  public int promptLength() {
    return parts.promptLength();
  }

  @Override
  public int shift() {
    return parts.shift();
  }

  @Override
  public Contribution contribute(Forward forward) {
    OpenGates open = new OpenGates(config, gates, forward.trace());
    List<Contribution> all = new ArrayList<>(List.of(open));
    parts
        .contribute(forward)
        .forEach(
            (name, own) ->
                all.add(
                    gates.gated().contains(name)
                        ? new Gated(own, open.of(name), config.prefixGate())
                        : own));
    return Contributions.sum(all);
  }

  @Override
  public PeftModule fold() {
    return new UniPeltModule(config, parts.map(PeftModule::fold), gates);
  }
}
