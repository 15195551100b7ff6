package org.trimtab.transformer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** A backbone's tensors by their canonical names, those of Hugging Face without a model prefix. */
final class NamedTensors {
  private final Map<String, Tensor> byName;
  private final HalfLinears halves;

  NamedTensors(Map<String, Tensor> byName, HalfLinears halves) {
    this.byName = new LinkedHashMap<>(byName);
    this.halves = halves;
  }

  /** These, with linear layers as {@code others}. */
  NamedTensors in(HalfLinears others) {
    return new NamedTensors(byName, others);
  }

  /** The linear layers of these that are computed in bfloat16. */
  HalfLinears halves() {
    return halves;
  }

  /** These with some replaced. */
  NamedTensors with(Map<String, Tensor> replaced) {
    NamedTensors copy = new NamedTensors(byName, halves);
    replaced.forEach(
        (name, tensor) -> {
          get(name);
          copy.byName.put(name, tensor);
        });
    return copy.in(halves.with(copy, replaced.keySet()));
  }

  Tensor get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("the model has no tensor '" + name + "'"));
  }

  Optional<Tensor> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Map<String, Tensor> all() {
    return byName;
  }

  /** The weights whose names begin with {@code prefix}, as parameters that train. */
  Params params(String prefix) {
    Params params = new Params();
    byName.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            params.add("backbone", name, tensor);
          }
        });
    return params;
  }
}
