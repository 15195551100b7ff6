package org.trimtab.tensor;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Named tensors in a fixed order: what a module trains, and what a checkpoint stores. */
public final class Params {
  private final Map<String, Param> byName = new LinkedHashMap<>();

  /** Adds {@code value}, which must outlive every step, and gives it back. */
  public Tensor add(String group, String name, Tensor value) {
    Param param = new Param(name, group, value);
    if (byName.putIfAbsent(name, param) != null) {
      throw new IllegalArgumentException("duplicate parameter '" + name + "'");
    }
    return value;
  }

  /** Adds every parameter of {@code child}, its name after {@code prefix}. */
  public Params addAll(String prefix, Params child) {
    child.byName.values().forEach(p -> add(p.group(), prefix + p.name(), p.value()));
    return this;
  }

  /** In the order in which they were added. */
  public Collection<Param> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  public Optional<Param> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The groups, each once, in the order of their first parameter. */
  public List<String> groups() {
    return all().stream().map(Param::group).distinct().toList();
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** The number of values in all tensors. */
  public long count(Tensors tensors) {
    return all().stream().mapToLong(p -> size(tensors.shape(p.value()))).sum();
  }

  /** A copy of all values, by name, to go back to with {@link #restore}. */
  public Map<String, HostTensor> snapshot(Tensors tensors) {
    Map<String, HostTensor> values = new LinkedHashMap<>();
    all().forEach(p -> values.put(p.name(), tensors.host(p.value())));
    return values;
  }

  /**
   * Puts back what {@link #snapshot} gave.
   *
   * @throws IllegalArgumentException if a parameter isn't among it
   */
  public void restore(Tensors tensors, Map<String, HostTensor> snapshot) {
    for (Param param : all()) {
      HostTensor values = snapshot.get(param.name());
      if (values == null) {
        throw new IllegalArgumentException("no values of the parameter '" + param.name() + "'");
      }
      tensors.assign(param.value(), values);
    }
  }

  private static long size(long... shape) {
    long size = 1;
    for (long axis : shape) {
      size *= axis;
    }
    return size;
  }
}
