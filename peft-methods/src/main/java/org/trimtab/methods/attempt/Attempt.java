package org.trimtab.methods.attempt;

import java.util.List;
import java.util.Map;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.method.prompt.InstancePrompts;
import org.trimtab.tensor.Tensor;

/**
 * ATTEMPT (Asai et al., EMNLP 2022): each text mixes prompts of other tasks with the task's own P_t
 * by an attention over them. With x̂ the maximum of the text's token embeddings, h = LayerNorm(W_up
 * SiLU(W_down x̂)) and a = softmax(max(P_j) · h / τ) over the sources and P_t, the prompt is Σ_j
 * a_j P_j + P_t. W_up and W_down start as N(0, 0.01²), τ = e H.
 *
 * <p>The released code takes the maximum over padding too: {@code padding: true}. Of its training
 * several tasks at once, only one task's is here.
 */
public final class Attempt implements PeftMethod<AttemptConfig> {
  @Override
  public Class<AttemptConfig> configType() {
    return AttemptConfig.class;
  }

  @Override
  public String description() {
    return "An attention of each text over frozen prompts of other tasks and its own";
  }

  @Override
  public String paper() {
    return "Asai et al., EMNLP 2022";
  }

  @Override
  public String attaches() {
    return "rows beside the embedded text";
  }

  @Override
  public String parameters() {
    return "P H + 2 H m + 2 H";
  }

  @Override
  public Sizes sizes(AttemptConfig config, Setup setup) {
    double hidden = setup.spec().textStack().hidden();
    double prompts = config.sources().size() + 1.0;
    return new Sizes(
        Map.of("length", prompts * config.length() * hidden, "width", 2 * hidden * config.width()));
  }

  @Override
  public PeftModule create(AttemptConfig config, Setup setup) {
    InstancePrompts.requireBothWays("sources", setup.spec());
    List<Tensor> sources =
        config.sources().stream().map(source -> source.rows(config.length(), setup)).toList();
    return new AttemptModule(config, sources, config.init().rows(config.length(), setup), setup);
  }

  @Override
  public PeftModule createFolded(AttemptConfig config, Setup setup) {
    List<Tensor> sources = config.sources().stream().map(source -> zeros(config, setup)).toList();
    return new AttemptModule(config, sources, zeros(config, setup), setup);
  }

  private static Tensor zeros(AttemptConfig config, Setup setup) {
    return setup.init().zeros(config.length(), setup.spec().textStack().hidden());
  }
}
