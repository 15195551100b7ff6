package org.trimtab.methods;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.trimtab.method.PeftMethod;
import org.trimtab.methods.adapter.BottleneckAdapter;
import org.trimtab.methods.attempt.Attempt;
import org.trimtab.methods.bitfit.BitFit;
import org.trimtab.methods.compacter.Compacter;
import org.trimtab.methods.dept.Dept;
import org.trimtab.methods.head.HeadOnly;
import org.trimtab.methods.ia3.Ia3;
import org.trimtab.methods.idpg.Idpg;
import org.trimtab.methods.layernorm.LayerNormTuning;
import org.trimtab.methods.lora.Lora;
import org.trimtab.methods.prefix.PrefixTuning;
import org.trimtab.methods.prompt.PromptTuning;
import org.trimtab.methods.ptuning.PTuning;
import org.trimtab.methods.residualprompt.ResidualPrompt;
import org.trimtab.methods.sum.Sum;
import org.trimtab.methods.unipelt.UniPelt;
import org.trimtab.plugin.MethodBinding;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.plugin.Plugins;

/**
 * Every method of this jar by its YAML name, and those that other jars offer. A new method is one
 * line here.
 */
public final class MethodsModule extends AbstractModule {
  @Override
  protected void configure() {
    bind("head-only", new HeadOnly());
    bind("prompt", new PromptTuning());
    bind("residual-prompt", new ResidualPrompt());
    bind("p-tuning", new PTuning());
    bind("dept", new Dept());
    bind("attempt", new Attempt());
    bind("idpg", new Idpg());
    bind("prefix", new PrefixTuning());
    bind("adapter", new BottleneckAdapter());
    bind("compacter", new Compacter());
    bind("lora", new Lora());
    bind("ia3", new Ia3());
    bind("bitfit", new BitFit());
    bind("layer-norm", new LayerNormTuning());
    bind("unipelt", new UniPelt());
    bind("sum", new Sum());
  }

  private void bind(String name, PeftMethod<?> method) {
    Multibinder.newSetBinder(binder(), MethodBinding.class)
        .addBinding()
        .toInstance(new MethodBinding(name, method, Plugins.TRIMTAB));
  }

  /** The methods that are bound, and those of plug-ins. */
  @Provides
  @Singleton
  MethodRegistry registry(Set<MethodBinding> bound) {
    List<MethodBinding> all = new ArrayList<>(bound);
    all.addAll(Plugins.installed().methods());
    return new MethodRegistry(all);
  }

  /** The same for a process that injects nothing else. */
  public static MethodRegistry installed() {
    return Guice.createInjector(new MethodsModule()).getInstance(MethodRegistry.class);
  }
}
