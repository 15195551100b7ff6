package org.trimtab.methods.prefix;

import java.util.ArrayList;
import java.util.List;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Site;
import org.trimtab.backbone.Stack;
import org.trimtab.method.Footprint;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** Keys and values that an MLP makes of an embedding (P, H), while both train. */
final class ReparameterizedPrefix implements PeftModule {
  private static final double DEVIATION = 0.02;
  private final Prefix prefix;
  private final Tensors tensors;
  private final Params params = new Params();
  private final Tensor embedding;
  private final List<Layer> layers = new ArrayList<>();

  private record Layer(Tensor weight, Tensor bias) {
    Tensor of(Tensor x) {
      return x.linear(weight, bias);
    }
  }

  ReparameterizedPrefix(Prefix prefix, Setup setup) {
    this.prefix = prefix;
    PrefixConfig config = prefix.config();
    Init init = setup.init();
    tensors = init.tensors();
    int hidden = prefix.width();
    embedding =
        params.add(
            "prefix", "embedding.weight", init.normal(config.deviation(), config.length(), hidden));
    List<Integer> widths = new ArrayList<>(List.of(hidden, config.mid()));
    if (config.reparameterization() == PrefixReparameterization.DEEP) {
      widths.add(config.mid());
    }
    widths.add(prefix.columns());
    for (int i = 0; i + 1 < widths.size(); i++) {
      String name = "transform." + 2 * i; // as in torch's Sequential, tanh between
      int out = widths.get(i + 1);
      layers.add(
          new Layer(
              params.add("mlp", name + ".weight", init.normal(DEVIATION, out, widths.get(i))),
              params.add("mlp", name + ".bias", init.zeros(out))));
    }
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public List<Site> sites() {
    return prefix.attentions();
  }

  @Override
  public Footprint footprint(Stack stack) {
    return Footprint.shifted(prefix.shift(stack));
  }

  @Override
  public Contribution contribute(Forward forward) {
    return prefix.of(table(), forward);
  }

  @Override
  public PeftModule fold() {
    double[] table = tensors.freeing(() -> tensors.doubles(table()));
    int length = prefix.config().length();
    return new FlatPrefix(prefix, tensors.of(table, length, table.length / length));
  }

  /** (P, 2 n H). */
  private Tensor table() {
    Tensor x = layers.get(0).of(embedding);
    for (Layer layer : layers.subList(1, layers.size())) {
      x = layer.of(x.tanh());
    }
    return x;
  }
}
