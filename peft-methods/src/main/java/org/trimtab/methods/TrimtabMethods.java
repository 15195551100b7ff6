package org.trimtab.methods;

import java.util.LinkedHashMap;
import java.util.Map;
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
import org.trimtab.plugin.Plugins;
import org.trimtab.plugin.TrimtabPlugin;

/** Every method of this jar by its YAML name. A new method is one line here. */
public final class TrimtabMethods implements TrimtabPlugin {
  @Override
  public String provider() {
    return Plugins.TRIMTAB;
  }

  @Override
  public Map<String, PeftMethod<?>> methods() {
    Map<String, PeftMethod<?>> methods = new LinkedHashMap<>();
    methods.put("head-only", new HeadOnly());
    methods.put("prompt", new PromptTuning());
    methods.put("residual-prompt", new ResidualPrompt());
    methods.put("p-tuning", new PTuning());
    methods.put("dept", new Dept());
    methods.put("attempt", new Attempt());
    methods.put("idpg", new Idpg());
    methods.put("prefix", new PrefixTuning());
    methods.put("adapter", new BottleneckAdapter());
    methods.put("compacter", new Compacter());
    methods.put("lora", new Lora());
    methods.put("ia3", new Ia3());
    methods.put("bitfit", new BitFit());
    methods.put("layer-norm", new LayerNormTuning());
    methods.put("unipelt", new UniPelt());
    methods.put("sum", new Sum());
    return methods;
  }
}
