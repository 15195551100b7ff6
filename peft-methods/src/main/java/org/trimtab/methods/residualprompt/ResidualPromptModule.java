package org.trimtab.methods.residualprompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trimtab.backbone.Contribution;
import org.trimtab.backbone.Dropout;
import org.trimtab.method.Forward;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;
import org.trimtab.tensor.Tensors;

/** The prompt and its MLP, while both train. */
final class ResidualPromptModule implements PeftModule {
  private final ResidualPromptConfig config;
  private final Placement placement;
  private final Tensors tensors;
  private final Params params = new Params();
  private final Tensor prompt;

  /** One for all rows, or one for each. */
  private final List<Reparameterization> mlps = new ArrayList<>();

  ResidualPromptModule(ResidualPromptConfig config, Setup setup) {
    this.config = config;
    placement = new Placement(config.place(), config.shiftPositions());
    tensors = setup.init().tensors();
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

  @Override
  public Optional<Boolean> promptShifts() {
    return placement.promptShifts();
  }

  @Override
  public int promptLength() {
    return config.length();
  }

  @Override
  public Contribution contribute(Forward forward) {
    return placement.of(config.length(), rows(forward.dropout()));
  }

  @Override
  public PeftModule fold() {
    double[] folded = tensors.freeing(() -> tensors.doubles(rows(Dropout.OFF)));
    long[] shape = tensors.shape(prompt);
    return new SoftPrompt(placement, config.length(), tensors.of(folded, shape));
  }

  /** P' (P, H). */
  private Tensor rows(Dropout dropout) {
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
