package org.trimtab.methods;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import org.trimtab.method.MethodBinding;
import org.trimtab.method.PeftMethod;
import org.trimtab.methods.head.HeadOnly;
import org.trimtab.methods.prompt.PromptTuning;
import org.trimtab.methods.residualprompt.ResidualPrompt;

/** Every method of this jar by its YAML name. A new method is one line here. */
public final class MethodsModule extends AbstractModule {
  @Override
  protected void configure() {
    bind("head-only", new HeadOnly());
    bind("prompt", new PromptTuning());
    bind("residual-prompt", new ResidualPrompt());
  }

  private void bind(String name, PeftMethod<?> method) {
    Multibinder.newSetBinder(binder(), MethodBinding.class)
        .addBinding()
        .toInstance(new MethodBinding(name, method, "trimtab"));
  }
}
