package org.trimtab.methods.layernorm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Backbone;
import org.trimtab.backbone.FrozenNorm;
import org.trimtab.backbone.Site;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.method.site.Targets;
import org.trimtab.peft.PeftForm;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/**
 * LayerNorm tuning (Zhao et al., ICLR 2024): the gains and biases of norms train, as absolute
 * values that replace the frozen ones; epsilon stays.
 */
public final class LayerNormTuning implements PeftMethod<LayerNormConfig> {
  @Override
  public Class<LayerNormConfig> configType() {
    return LayerNormConfig.class;
  }

  @Override
  public String description() {
    return "The gains and biases of the backbone's norms";
  }

  @Override
  public String paper() {
    return "Zhao et al., ICLR 2024";
  }

  @Override
  public String attaches() {
    return "norms";
  }

  @Override
  public String parameters() {
    return "2 H (2 L + 1)";
  }

  @Override
  public Optional<PeftForm<LayerNormConfig>> peft() {
    return Optional.of(new LayerNormForm());
  }

  @Override
  public PeftModule create(LayerNormConfig config, Setup setup) {
    Params params = new Params();
    Map<String, Tensor> merged = new LinkedHashMap<>();
    Map<Site, SiteDeltas.Delta> deltas = new LinkedHashMap<>();
    Backbone backbone = setup.backbone();
    for (Site site : new Targets("targets", config.targets(), List.of()).norms(backbone)) {
      FrozenNorm frozen = backbone.norm(site);
      String path = backbone.path(site);
      Tensors tensors = setup.init().tensors();
      Tensor gain = params.add("norm", path + ".weight", copy(frozen.gain(), tensors));
      Optional<Tensor> bias =
          frozen.bias().map(b -> params.add("norm", path + ".bias", copy(b, tensors)));
      merged.put(path + ".weight", gain);
      bias.ifPresent(b -> merged.put(path + ".bias", b));
      deltas.put(site, (at, out, forward) -> frozen.kind().of(at.in(), gain, bias).sub(out));
    }
    return new SiteDeltas(params, deltas).replacing(deltas.keySet()).mergedBy(() -> merged);
  }

  private static Tensor copy(Tensor tensor, Tensors tensors) {
    return tensors.of(tensors.doubles(tensor), tensors.shape(tensor));
  }
}
