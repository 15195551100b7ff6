package org.trimtab.experiments.config;

import java.util.List;
import org.trimtab.method.MethodBinding;
import org.trimtab.method.MethodRegistry;
import org.trimtab.methods.head.HeadOnly;
import org.trimtab.methods.prompt.PromptTuning;
import org.trimtab.methods.residualprompt.ResidualPrompt;

/** The methods that the shipped experiments name. */
final class Methods {
  private Methods() {}

  static MethodRegistry all() {
    return new MethodRegistry(
        List.of(
            new MethodBinding("head-only", new HeadOnly(), "test"),
            new MethodBinding("prompt", new PromptTuning(), "test"),
            new MethodBinding("residual-prompt", new ResidualPrompt(), "test")));
  }
}
