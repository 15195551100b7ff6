package org.trimtab.methods.sum;

import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.combine.HubUnion;
import org.trimtab.weights.AdapterTensors;

/** A sum as the adapters library's files have it: a union. */
record SumHubForm(HubUnion union) implements HubForm<SumConfig> {
  SumHubForm(AdapterHubForms forms) {
    this(new HubUnion(forms));
  }

  @Override
  public String architecture() {
    return HubUnion.NAME;
  }

  @Override
  public Optional<SumConfig> read(HubSource source) {
    return Optional.of(new SumConfig(union.parts(source)));
  }

  @Override
  public Map<String, Object> write(SumConfig config, HubTarget target) {
    return union.write(config.parts(), part -> false, target.backbone());
  }

  @Override
  public Map<String, HubTensor> tensors(SumConfig config, Map<String, long[]> parameters) {
    return union.tensors(config.parts(), parameters);
  }

  @Override
  public AdapterTensors folded(SumConfig config, AdapterTensors tensors) {
    return union.folded(config.parts(), tensors);
  }

  @Override
  public boolean promptFirst(SumConfig config) {
    return union.promptFirst(config.parts());
  }
}
