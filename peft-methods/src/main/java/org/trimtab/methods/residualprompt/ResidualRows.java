package org.trimtab.methods.residualprompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.trimtab.backbone.Dropout;
import org.trimtab.method.Setup;
import org.trimtab.method.prompt.ReparameterizedPrompt;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** The prompt and its MLP, while both train. */
final class ResidualRows implements ReparameterizedPrompt.Source {
  private final ResidualPromptConfig config;
  private final Params params = new Params();
  private final Tensor prompt;

  /** One for all rows, or one for each. */
  private final List<Reparameterization> mlps = new ArrayList<>();

  ResidualRows(ResidualPromptConfig config, Setup setup) {
    this.config = config;
    prompt = params.add("prompt", SoftPrompt.NAME, config.init().rows(config.length(), setup));
    int count = config.shared() ? 1 : config.length();
    for (int i = 0; i < count; i++) {
      String prefix = config.shared() ? "mlp." : "mlp." + i + ".";
      mlps.add(
          new Reparameterization(
              config,
              setup.spec().textStack().hidden(),
              setup.init(),
              new Reparameterization.Named(params, prefix)));
    }
  }

  @Override
  public Params params() {
    return params;
  }

  /** P'. */
  @Override
  public Tensor rows(Dropout dropout) {
    Tensor branch = config.shared() ? mlps.get(0).of(prompt, dropout) : separately(dropout);
    return config.residual() ? branch.add(prompt) : branch;
  }

  private Tensor separately(Dropout dropout) {
    Tensor batch = prompt.view(1, config.length(), -1);
    return IntStream.range(0, config.length())
        .mapToObj(i -> mlps.get(i).of(batch.rows(i, i + 1L), dropout))
        .reduce(Tensor::followedBy)
        .orElseThrow()
        .view(config.length(), -1);
  }
}
