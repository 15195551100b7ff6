package org.trimtab.methods;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.backbone.Dropout;
import org.trimtab.backbone.Input;
import org.trimtab.head.Head;
import org.trimtab.head.HeadShape;
import org.trimtab.head.Pooling;
import org.trimtab.head.ScoredHeadConfig;
import org.trimtab.method.Features;
import org.trimtab.method.Forward;
import org.trimtab.method.MethodConfig;
import org.trimtab.method.PeftModule;
import org.trimtab.method.Setup;
import org.trimtab.method.Trace;
import org.trimtab.method.Vocabulary;
import org.trimtab.plugin.MethodRegistry;
import org.trimtab.tensor.Init;
import org.trimtab.tensor.Param;
import org.trimtab.tensor.Tensor;
import org.trimtab.testing.Tiny;

/** A method and a head over a tiny backbone. */
record HeadedModule(Tiny tiny, PeftModule module, Head head, Pooling pooling) {
  static final int CLASSES = 3;

  /** What the names of a method's parameters begin with. */
  static final String METHOD = "method.";

  static HeadedModule of(Tiny tiny, MethodConfig config, ScoredHeadConfig head, int spans) {
    MethodRegistry registry = Methods.registry();
    Setup setup = new Setup(tiny.backbone(), tiny.init(1), Vocabulary.NONE, registry);
    HeadShape shape = new HeadShape(tiny.backbone().spec().hidden(), spans, CLASSES);
    return new HeadedModule(
        tiny, registry.create(config, setup), head.create(shape, tiny.init(3)), head.pooling());
  }

  Tensor scores(Input input, Features features) {
    Forward forward = new Forward(Dropout.OFF, features, Trace.NONE);
    return head.scores(
        tiny.backbone().forward(input, module.contribute(forward), Dropout.OFF), Dropout.OFF);
  }

  Tensor computed(Input input) {
    return scores(input, feature -> feature.of(input));
  }

  /** Gives the method's parameters random values, so that none is at a special point. */
  void randomize() {
    Init init = tiny.init(5);
    for (Param param : module.params().all()) {
      long[] shape = tiny.tensors().shape(param.value());
      tiny.tensors().assign(param.value(), tiny.tensors().doubles(init.uniform(0.5, shape)));
    }
  }

  /** All that has a name. */
  Map<String, Tensor> named() {
    Map<String, Tensor> named = new LinkedHashMap<>(tiny.backbone().weights());
    for (Param param : module.params().all()) {
      named.put(METHOD + param.name(), param.value());
    }
    module.constants().forEach((name, value) -> named.put(METHOD + name, value));
    for (Param param : head.params().all()) {
      named.put("head." + param.name(), param.value());
    }
    return named;
  }

  /** What {@link #named} calls {@code name}. */
  Tensor named(String name) {
    return Optional.ofNullable(named().get(name)).orElseThrow();
  }
}
