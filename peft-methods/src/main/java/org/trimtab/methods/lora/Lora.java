package org.trimtab.methods.lora;

import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;

/**
 * LoRA (Hu et al., ICLR 2022): a linear layer's output gets s (x Aᵀ) Bᵀ, with A (r, in), B (out, r)
 * and s = alpha / r, or alpha / √r (Kalajdzievski, 2023). A starts as U(±1/√in), as the authors'
 * code has it (the paper says Gaussian), B as zeros: the start is the frozen model.
 *
 * <p>DoRA (Liu et al., ICML 2024): with V = W + s B A and n its rows' norms, the layer becomes (m /
 * n) ∘ x Vᵀ + b; the magnitude m (out) starts as the norms of W.
 */
public final class Lora implements PeftMethod<LoraConfig> {
  @Override
  public Class<LoraConfig> configType() {
    return LoraConfig.class;
  }

  @Override
  public String description() {
    return "Low-rank updates of linear layers, with DoRA's magnitude as an option";
  }

  @Override
  public String paper() {
    return "Hu et al., ICLR 2022; DoRA: Liu et al., ICML 2024";
  }

  @Override
  public String attaches() {
    return "the output of linear layers";
  }

  @Override
  public String parameters() {
    return "a target: r (in + out); DoRA: + out";
  }

  @Override
  public PeftModule create(LoraConfig config, Setup setup) {
    return new LoraModule(config, setup);
  }
}
