package org.trimtab.transformer.linear;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.trimtab.architecture.Architecture;
import org.trimtab.tensor.Params;
import org.trimtab.tensor.Tensor;

/** A backbone's tensors by their canonical names, those of Hugging Face without a model prefix. */
public final class NamedTensors {
  private final Map<String, Tensor> byName;
  private final Linears linears;

  public NamedTensors(Map<String, Tensor> byName, Linears linears) {
    this.byName = new LinkedHashMap<>(byName);
    this.linears = linears;
  }

  /** These, with linear layers as {@code others}. */
  public NamedTensors in(Linears others) {
    return new NamedTensors(byName, others);
  }

  /** How their linear layers are computed. */
  public Linears linears() {
    return linears;
  }

  /** These with some replaced. */
  public NamedTensors with(Map<String, Tensor> replaced) {
    NamedTensors copy = new NamedTensors(byName, linears);
    replaced.forEach(
        (name, tensor) -> {
          get(name);
          copy.byName.put(name, tensor);
        });
    return copy.in(linears.with(copy, replaced.keySet()));
  }

  /** The tensor called {@code name}, which is there. */
  public Tensor get(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("the model has no tensor '" + name + "'"));
  }

  /** The tensor called {@code name}, where it is there. */
  public Optional<Tensor> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** All of them. */
  public Map<String, Tensor> all() {
    return byName;
  }

  /** Those that passes run through, as parameters: all but what predicts masked words. */
  public Params run(Architecture architecture) {
    Set<String> beside = new HashSet<>();
    architecture.wordHead().ifPresent(head -> beside.addAll(head.tensors()));
    return params(name -> !beside.contains(name));
  }

  /** Whether there is one of that name. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** The weights with {@code some} of the names, as parameters that train. */
  public Params params(Predicate<String> some) {
    Params params = new Params();
    byName.forEach(
        (name, tensor) -> {
          if (some.test(name)) {
            params.add("backbone", name, tensor);
          }
        });
    return params;
  }
}
