package org.trimtab.method;

import org.trimtab.tensor.Tensor;

/** Takes what a method wants to be seen of a forward pass, such as its gates. */
@FunctionalInterface
public interface Trace {
  Trace NONE = (name, values) -> {};

  /** One value an example: {@code values} is (B, 1, 1), without gradient. */
  void add(String name, Tensor values);
}
