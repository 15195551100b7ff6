package org.trimtab.methods.unipelt;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.At;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Rows;
import org.trimtab.backbone.Site;
import org.trimtab.method.Trace;
import org.trimtab.tensor.Tensor;

/** The gates of one pass. It adds nothing; it sees the inputs of layers that gates read. */
final class OpenGates implements Contribution {
  private final UniPeltConfig config;
  private final Gates gates;
  private final Trace trace;
  private final Map<Site, Tensor> layerInputs = new HashMap<>();

  /** Gates that read a layer's input, once a layer. */
  private final Map<String, Tensor> ofLayer = new HashMap<>();

  OpenGates(UniPeltConfig config, Gates gates, Trace trace) {
    this.config = config;
    this.gates = gates;
    this.trace = trace;
  }

  /** The gates of one part. */
  @FunctionalInterface
  interface Of {
    /** (B, 1, 1), or a constant, of the gate at {@code at}, whose part reads {@code x}. */
    Tensor at(At at, Tensor x);
  }

  Of of(String part) {
    return switch (config.gate()) {
      case PER_MODULE -> (at, x) -> own(part, at, x);
      case CENTRAL -> (at, x) -> central(part, at);
      case FIXED ->
          (at, x) -> at.rows().mask().onesBeside(1).mul(config.fixedValue()).view(0, 1, 1);
      case NONE -> throw new IllegalStateException("without gates nothing is gated");
    };
  }

  @Override
  public boolean visits(Site site) {
    return gates.reads(site);
  }

  @Override
  public boolean readsPadding() {
    return config.reduction() == Reduction.UNMASKED_MEAN;
  }

  @Override
  public Optional<Tensor> delta(At at, Tensor out) {
    if (gates.reads(at.site())) {
      layerInputs.put(at.site(), at.in());
    }
    return Optional.empty();
  }

  private Tensor own(String part, At at, Tensor x) {
    Map<Site, Gates.Gate> ofPart = Optional.ofNullable(gates.own().get(part)).orElseThrow();
    Gates.Gate gate = ofPart.get(at.site());
    if (gate == null) {
      Gates.Gate one = Optional.ofNullable(ofPart.get(Gates.layerInput(at.site()))).orElseThrow();
      return ofLayer.computeIfAbsent(one.name(), n -> value(one, layerInput(at), at.rows()));
    }
    // Computed at each visit: a norm is visited for what adapters read of it before it is real.
    return value(gate, config.gateInput() == GateInput.LAYER ? layerInput(at) : x, at.rows());
  }

  private Tensor layerInput(At at) {
    return Optional.ofNullable(layerInputs.get(Gates.layerInput(at.site()))).orElseThrow();
  }

  private Tensor value(Gates.Gate gate, Tensor x, Rows rows) {
    return show(gate.name(), config.reduction().of(gate.of(x), rows));
  }

  private Tensor central(String part, At at) {
    Site layer = Gates.layerInput(at.site());
    String name = part + ".central_gate." + layer.stack() + "." + layer.layer();
    return ofLayer.computeIfAbsent(
        name,
        n -> {
          Gates.Central central = Optional.ofNullable(gates.central().get(layer)).orElseThrow();
          Tensor open = layerInput(at).linear(central.weight()).relu();
          Tensor shares = config.reduction().of(open, at.rows()).softmax();
          int index = central.parts().indexOf(part);
          return show(name, shares.t().rows(index, index + 1L));
        });
  }

  private Tensor show(String name, Tensor value) {
    trace.add(name, value.detach());
    return value;
  }
}
