package org.trimtab.methods.compacter;

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
import org.trimtab.method.Sizes;
import org.trimtab.method.layer.BranchAdapter;
import org.trimtab.method.layer.Phm;
import org.trimtab.method.layer.SiteDeltas;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/**
 * Compacter (Karimi Mahabadi, Henderson and Ruder, NeurIPS 2021): adapters whose projections are
 * Σ_i A_i ⊗ (s_i t_i), the A_i shared by all layers. The factors s and t start Glorot-uniform with
 * a gain of √2, the A_i N(0, 0.0001²) shared and N(0, 0.01²) otherwise. The frozen LayerNorms,
 * which the authors train too, are left to {@code layer-norm} in a sum.
 */
public final class Compacter implements PeftMethod<CompacterConfig> {
  private static final double SHARED_DEVIATION = 1e-4;
  private static final double OWN_DEVIATION = 0.01;

  @Override
  public Class<CompacterConfig> configType() {
    return CompacterConfig.class;
  }

  @Override
  public String description() {
    return "Adapters of Kronecker products with shared and rank-one factors";
  }

  @Override
  public String paper() {
    return "Karimi Mahabadi, Henderson and Ruder, NeurIPS 2021";
  }

  @Override
  public String attaches() {
    return "the output of the attention and feed-forward branches, before their residual is added";
  }

  @Override
  public String parameters() {
    return "n^3 + a branch: 2 r (H + m) + m + H";
  }

  @Override
  public Sizes sizes(CompacterConfig config, Setup setup) {
    double hidden = setup.spec().textStack().hidden();
    double n = config.n();
    return new Sizes(Map.of("n", n * n * n, "rank", 2 * hidden * config.rank()));
  }

  @Override
  public Optional<HubForm<CompacterConfig>> adapterHub(AdapterHubForms others) {
    return Optional.of(new CompacterHubForm());
  }

  @Override
  public PeftModule create(CompacterConfig config, Setup setup) {
    Params params = new Params();
    Rules rules = new Rules(config, setup, params);
    Map<Site, SiteDeltas.Delta> adapters = new LinkedHashMap<>();
    for (Site site : BranchAdapter.branches(config.after(), setup.spec())) {
      String path = setup.backbone().path(site) + ".adapter_";
      int hidden = setup.spec().outputWidth(site);
      int width = width(config, hidden);
      Projection down = new Projection(path + "down", hidden, width, rules);
      Projection up = new Projection(path + "up", width, hidden, rules);
      BranchAdapter.Bottleneck bottleneck =
          (x, forward) ->
              up.of(forward.dropout().apply(config.activation().of(down.of(x)), config.dropout()));
      adapters.put(site, new BranchAdapter(config.input(), bottleneck));
    }
    return new SiteDeltas(params, adapters);
  }

  private static int width(CompacterConfig config, int hidden) {
    int width = hidden / config.reductionFactor();
    if (width == 0 || width % config.n() != 0 || hidden % config.n() != 0) {
      throw new Invalid(
          "n",
          "must divide the model's width and the bottleneck's, "
              + hidden
              + " and "
              + width
              + "; found "
              + config.n());
    }
    return width;
  }

  /** The first factors, one set or one a projection. */
  private static final class Rules {
    private final CompacterConfig config;
    private final Setup setup;
    private final Params params;
    private final Map<String, Tensor> shared = new LinkedHashMap<>();

    Rules(CompacterConfig config, Setup setup, Params params) {
      this.config = config;
      this.setup = setup;
      this.params = params;
    }

    Phm of(String path) {
      String name = config.sharedRule() ? "phm_rule" : path + ".phm_rule";
      return new Phm(config.n(), shared.computeIfAbsent(name, this::create));
    }

    private Tensor create(String name) {
      double deviation = config.sharedRule() ? SHARED_DEVIATION : OWN_DEVIATION;
      int n = config.n();
      return add(name, setup.init().normal(deviation, n, n, n));
    }

    Tensor add(String name, Tensor value) {
      return params.add("adapter", name, value);
    }

    Tensor glorot(String name, int rows, int columns) {
      double bound = Math.sqrt(2) * Math.sqrt(6.0 / (rows + columns));
      return add(name, setup.init().uniform(bound, config.n(), rows, columns));
    }
  }

  /** One projection, (B, T, in) to (B, T, out). */
  private static final class Projection {
    private final Phm phm;
    private final Tensor left;
    private final Tensor right;
    private final Tensor bias;

    Projection(String path, int in, int out, Rules rules) {
      int n = rules.config.n();
      phm = rules.of(path);
      left = rules.glorot(path + ".W_left", in / n, rules.config.rank());
      right = rules.glorot(path + ".W_right", rules.config.rank(), out / n);
      bias = rules.add(path + ".b", rules.setup.init().zeros(out));
    }

    Tensor of(Tensor x) {
      return phm.of(x, left, right).add(bias);
    }
  }
}
