package org.trimtab.methods.residualprompt;

import java.util.Map;
import java.util.Optional;
import org.trimtab.method.PeftMethod;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Sizes;
import org.trimtab.method.prompt.Placement;
import org.trimtab.method.prompt.ReparameterizedPrompt;
import org.trimtab.method.prompt.SoftPrompt;
import org.trimtab.peft.PeftForm;

/**
 * Residual Prompt Tuning (Razdaibiedina et al., Findings of ACL 2023): P' = φ(P) + P joins the
 * embedded input, φ a bottleneck MLP that training needs and inference doesn't: once trained, P' is
 * folded into a plain soft prompt.
 *
 * <p>The authors' code has no encoder side; the prompt stands after [CLS], as their paper says.
 */
public final class ResidualPrompt implements PeftMethod<ResidualPromptConfig> {
  @Override
  public Class<ResidualPromptConfig> configType() {
    return ResidualPromptConfig.class;
  }

  @Override
  public String description() {
    return "A soft prompt through a shared MLP with a residual, folded after training";
  }

  @Override
  public String paper() {
    return "Razdaibiedina et al., Findings of ACL 2023";
  }

  @Override
  public String attaches() {
    return "rows beside the embedded text";
  }

  @Override
  public String parameters() {
    return "kept: P H; shared MLP: P H + 2 H m + m + H + 2 H";
  }

  @Override
  public Sizes sizes(ResidualPromptConfig config, Setup setup) {
    double hidden = setup.spec().textStack().hidden();
    double mlps = config.shared() ? 1 : config.length();
    return new Sizes(
        Map.of(
            "length", config.length() * hidden,
            "bottleneck", 2 * hidden * config.bottleneck() * mlps));
  }

  @Override
  public Optional<PeftForm<ResidualPromptConfig>> peft() {
    return Optional.of(new ResidualPromptForm());
  }

  @Override
  public PeftModule create(ResidualPromptConfig config, Setup setup) {
    return new ReparameterizedPrompt(
        placement(config, setup),
        config.length(),
        new ResidualRows(config, setup),
        setup.init().tensors());
  }

  @Override
  public PeftModule createFolded(ResidualPromptConfig config, Setup setup) {
    return SoftPrompt.blank(placement(config, setup), config.length(), setup);
  }

  private static Placement placement(ResidualPromptConfig config, Setup setup) {
    return new Placement(config.place(), config.shiftPositions()).in(setup.spec());
  }
}
