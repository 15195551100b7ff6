package org.trimtab.methods.prefix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.adapterhub.HubNames;
import org.trimtab.adapterhub.HubSource;
import org.trimtab.adapterhub.HubTarget;
import org.trimtab.adapterhub.HubTensor;
import org.trimtab.base.Invalid;
import org.trimtab.json.JsonSettings;
import org.trimtab.weights.AdapterTensors;

/**
 * Prefix tuning as the adapters library's files have it: prefixes that move no positions, one table
 * for all layers, or the MLP that makes it.
 */
final class PrefixHubForm implements HubForm<PrefixConfig> {
  private static final String FLAT = "flat";
  private static final String LENGTH = "prefix_length";
  private static final String MID = "bottleneck_size";
  private static final String LEAVE_OUT = "leave_out";
  private static final double DEVIATION = 0.02;

  @Override
  public String architecture() {
    return "prefix_tuning";
  }

  @Override
  public Optional<PrefixConfig> read(HubSource source) {
    JsonSettings settings = source.settings();
    settings.known("init_weights_seed", "use_gating", "cross_prefix", "encoder_prefix");
    settings.known("non_linearity", MID, "shared_gating");
    boolean flat = settings.truth(FLAT);
    if (!flat) {
      settings.require("non_linearity", "tanh", "that of prefix tuning's MLP");
    }
    if (settings.truth("use_gating")) {
      settings.require("shared_gating", "true", "a gate of Trimtab's is one for keys and values");
    }
    int length = settings.number(LENGTH);
    return Optional.of(
        new PrefixConfig(
            length,
            flat ? PrefixReparameterization.NONE : PrefixReparameterization.MLP,
            settings.number(MID),
            settings.decimal("dropout", 0),
            false,
            layers(source, length),
            PrefixInit.NORMAL,
            Optional.empty(),
            DEVIATION));
  }

  /** The table has one width for all layers that have a prefix. */
  private static List<Integer> layers(HubSource source, int length) {
    JsonSettings settings = source.settings();
    if (!settings.isSet(LEAVE_OUT)) {
      settings.known(LEAVE_OUT);
      return List.of();
    }
    List<Integer> left = settings.numbers(LEAVE_OUT);
    long columns =
        source
            .shape(PrefixMlp.BIAS)
            .map(shape -> shape[0])
            .or(() -> source.shape(PrefixMlp.TABLE).map(shape -> shape[0] / length))
            .orElse(0L);
    int layers = (int) (columns / (2L * source.hidden())) + left.size();
    return IntStream.range(0, layers).filter(layer -> !left.contains(layer)).boxed().toList();
  }

  @Override
  public Map<String, Object> write(PrefixConfig config, HubTarget target) {
    if (config.shiftPositions()) {
      throw new Invalid(
          "shiftPositions", "the adapters library's prefixes don't move the text; allowed false");
    }
    int all = target.backbone().spec().layers();
    List<Integer> left =
        config.layers().isEmpty()
            ? List.of()
            : IntStream.range(0, all).filter(l -> !config.layers().contains(l)).boxed().toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("architecture", architecture());
    json.put(FLAT, true);
    json.put(LENGTH, config.length());
    json.put(MID, config.mid());
    json.put("non_linearity", "tanh");
    json.put("dropout", config.dropout());
    json.put(LEAVE_OUT, left);
    json.put("use_gating", target.gated());
    json.put("shared_gating", true);
    return json;
  }

  @Override
  public Map<String, HubTensor> tensors(PrefixConfig config, Map<String, long[]> parameters) {
    Map<String, HubTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, shape) -> tensors.put(name, new HubTensor(PrefixMlp.TABLE, shape[0] * shape[1])));
    return tensors;
  }

  @Override
  public String gate(String path) {
    return HubNames.prefixGate(path);
  }

  @Override
  public AdapterTensors folded(PrefixConfig config, AdapterTensors tensors) {
    return config.reparameterization() == PrefixReparameterization.NONE
        ? tensors
        : PrefixMlp.folded(config, tensors);
  }
}
