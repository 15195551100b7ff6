package org.trimtab.methods.adapter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.adapterhub.HubForm;
import org.trimtab.backbone.Site;
import org.trimtab.base.Invalid;
import org.trimtab.method.AdapterHubForms;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.layer.BranchAdapter;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * Bottleneck adapters: a branch gets s (act(x D + b_D) U + b_U), with D (m, H) and U (H, m). After
 * both branches on the branch's output (Houlsby et al., ICML 2019), after the feed-forward on what
 * residual and norm make of it (Pfeiffer et al., EACL 2021), or parallel to it (He et al., ICLR
 * 2022).
 */
public final class BottleneckAdapter implements PeftMethod<AdapterConfig> {
  private static final double DEVIATION = 0.02;

  @Override
  public Class<AdapterConfig> configType() {
    return AdapterConfig.class;
  }

  @Override
  public String description() {
    return "Bottlenecks after or beside attention and feed-forward";
  }

  @Override
  public String paper() {
    return "Houlsby et al., ICML 2019; Pfeiffer et al., EACL 2021; He et al., ICLR 2022";
  }

  @Override
  public String attaches() {
    return "the output of the attention and feed-forward branches, before their residual is added";
  }

  @Override
  public String parameters() {
    return "a branch: 2 H m + m + H";
  }

  @Override
  public Optional<HubForm<AdapterConfig>> adapterHub(AdapterHubForms others) {
    return Optional.of(new AdapterHubForm());
  }

  @Override
  public PeftModule create(AdapterConfig config, Setup setup) {
    Params params = new Params();
    Map<Site, SiteDeltas.Delta> adapters = new LinkedHashMap<>();
    for (Site site : BranchAdapter.branches(config.after(), setup.spec())) {
      adapters.put(
          site, new BranchAdapter(config.input(), bottleneck(config, site, setup, params)));
    }
    return new SiteDeltas(params, adapters);
  }

  private static int width(AdapterConfig config, int hidden) {
    int width = hidden / config.reductionFactor();
    if (width == 0) {
      throw new Invalid(
          "reductionFactor",
          "leaves no width; found " + config.reductionFactor() + "; allowed up to " + hidden);
    }
    return width;
  }

  private static BranchAdapter.Bottleneck bottleneck(
      AdapterConfig config, Site site, Setup setup, Params params) {
    String path = setup.backbone().path(site) + ".adapter_";
    int hidden = setup.spec().outputWidth(site);
    int width = width(config, hidden);
    Init init = setup.init();
    Tensor down = add(params, path + "down.weight", down(config, width, hidden, init));
    Tensor downBias = add(params, path + "down.bias", init.zeros(width));
    Tensor up = add(params, path + "up.weight", up(config, hidden, width, init));
    Tensor upBias = add(params, path + "up.bias", init.zeros(hidden));
    return (x, forward) -> {
      Tensor inner = config.activation().of(x.linear(down, downBias));
      Tensor out = forward.dropout().apply(inner, config.dropout()).linear(up, upBias);
      return config.scale() == 1 ? out : out.mul(config.scale());
    };
  }

  private static Tensor add(Params params, String name, Tensor value) {
    return params.add("adapter", name, value);
  }

  private static Tensor down(AdapterConfig config, int width, int hidden, Init init) {
    return config.init() == AdapterInit.NORMAL
        ? init.normal(DEVIATION, width, hidden)
        : init.uniform(1 / Math.sqrt(hidden), width, hidden);
  }

  private static Tensor up(AdapterConfig config, int hidden, int width, Init init) {
    return config.init() == AdapterInit.NORMAL
        ? init.normal(DEVIATION, hidden, width)
        : init.zeros(hidden, width);
  }
}
