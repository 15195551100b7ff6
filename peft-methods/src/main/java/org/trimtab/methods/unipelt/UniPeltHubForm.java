package org.trimtab.methods.unipelt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.base.Invalid;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.combine.HubUnion;
import org.trimtab.weights.AdapterTensors;

/** UniPELT as the adapters library's files have it: configurations with {@code use_gating}. */
record UniPeltHubForm(AdapterHubForms forms, HubUnion union) implements HubForm<UniPeltConfig> {
  private static final double DEVIATION = 0.02;
  private static final String GATE = ".gate.";

  UniPeltHubForm(AdapterHubForms forms) {
    this(forms, new HubUnion(forms));
  }

  @Override
  public String architecture() {
    return HubUnion.NAME;
  }

  @Override
  public boolean gates() {
    return true;
  }

  @Override
  public Optional<UniPeltConfig> read(HubSource source) {
    Map<String, MethodConfig> parts = union.parts(source);
    List<String> names = List.copyOf(parts.keySet()); // in the order of the configurations
    List<String> ungated =
        IntStream.range(0, names.size())
            .filter(part -> !source.parts().get(part).settings().truth("use_gating"))
            .mapToObj(names::get)
            .toList();
    return Optional.of(
        new UniPeltConfig(
            parts,
            ungated,
            List.of(),
            Gating.PER_MODULE,
            1,
            GateInput.MODULE,
            Reduction.UNMASKED_MEAN,
            PrefixGate.SCALE_KV,
            DEVIATION));
  }

  @Override
  public Map<String, Object> write(UniPeltConfig config, HubTarget target) {
    require(
        config.gate() == Gating.PER_MODULE, "gate", "computes a gate of each part", "per-module");
    require(
        config.gateInput() == GateInput.MODULE,
        "gateInput",
        "gates read what their parts do",
        "module");
    require(
        config.reduction() == Reduction.UNMASKED_MEAN,
        "reduction",
        "averages gates over padding too",
        "unmasked-mean");
    require(
        config.prefixGate() == PrefixGate.SCALE_KV,
        "prefixGate",
        "gate scales keys and values",
        "scale-kv");
    require(config.oneGate().isEmpty(), "oneGate", "has a gate for each site", "[]");
    return union.write(config.parts(), config::gated, target.backbone());
  }

  private static void require(boolean so, String key, String what, String allowed) {
    if (!so) {
      throw new Invalid(key, "the adapters library " + what + "; allowed " + allowed);
    }
  }

  @Override
  public Map<String, HubTensor> tensors(UniPeltConfig config, Map<String, long[]> parameters) {
    Map<String, HubTensor> tensors = new LinkedHashMap<>();
    Map<String, long[]> ofParts = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) ->
            gate(config, name)
                .ifPresentOrElse(
                    theirs -> tensors.put(name, new HubTensor(theirs, shape)),
                    () -> ofParts.put(name, shape)));
    tensors.putAll(union.tensors(config.parts(), ofParts));
    return tensors;
  }

  /** Where a gate's parameter lies: {@code PART.gate.PATH.weight}; empty of any other. */
  private Optional<String> gate(UniPeltConfig config, String name) {
    for (Map.Entry<String, MethodConfig> part : config.parts().entrySet()) {
      String prefix = part.getKey() + GATE;
      if (name.startsWith(prefix)) {
        int end = name.lastIndexOf('.');
        String path = name.substring(prefix.length(), end);
        return Optional.of(forms.gate(part.getValue(), path) + name.substring(end));
      }
    }
    return Optional.empty();
  }

  @Override
  public AdapterTensors folded(UniPeltConfig config, AdapterTensors tensors) {
    return union.folded(config.parts(), tensors);
  }

  @Override
  public boolean promptFirst(UniPeltConfig config) {
    return union.promptFirst(config.parts());
  }
}
