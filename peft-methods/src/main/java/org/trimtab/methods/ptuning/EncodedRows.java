package org.trimtab.methods.ptuning;

import java.util.List;
import java.util.function.UnaryOperator;
import org.trimtab.backbone.Dropout;
import org.trimtab.method.Setup;
import org.trimtab.method.prompt.ReparameterizedPrompt;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** The embeddings and their encoder, while both train. */
final class EncodedRows implements ReparameterizedPrompt.Source {
  private final Params params = new Params();
  private final Tensor embedding;
  private final UnaryOperator<Tensor> encoder;

  EncodedRows(PTuningConfig config, Setup setup) {
    Init init = setup.init();
    int hidden = setup.spec().textStack().hidden();
    embedding =
        params.add(
            "prompt", "embedding.weight", init.normal(config.deviation(), config.length(), hidden));
    int w = config.width();
    encoder =
        switch (config.encoder()) {
          case MLP -> mlp(List.of(hidden, w, w, hidden), init);
          case LSTM -> {
            Lstm lstm = new Lstm(hidden, w, config.layers(), init, params);
            UnaryOperator<Tensor> mlp = mlp(List.of(2 * w, 2 * w, hidden), init);
            yield x -> mlp.apply(lstm.of(x, config.length()));
          }
        };
  }

  /** Linear layers with ReLU between, named as in torch's Sequential. */
  private UnaryOperator<Tensor> mlp(List<Integer> widths, Init init) {
    UnaryOperator<Tensor> all = x -> x;
    for (int i = 0; i + 1 < widths.size(); i++) {
      int in = widths.get(i);
      int out = widths.get(i + 1);
      double bound = 1 / Math.sqrt(in);
      String name = "mlp_head." + 2 * i;
      Tensor weight = params.add("mlp", name + ".weight", init.uniform(bound, out, in));
      Tensor bias = params.add("mlp", name + ".bias", init.uniform(bound, out));
      UnaryOperator<Tensor> before = all;
      boolean first = i == 0;
      all =
          x -> {
            Tensor entering = before.apply(x);
            return (first ? entering : entering.relu()).linear(weight, bias);
          };
    }
    return all;
  }

  @Override
  public Params params() {
    return params;
  }

  @Override
  public Tensor rows(Dropout dropout) {
    return encoder.apply(embedding);
  }
}
