package org.trimtab.adapterhub;

import java.util.Map;
import java.util.Optional;
import org.trimtab.base.Invalid;
import org.trimtab.weights.AdapterTensors;

/**
 * A method's form in the files of the adapters library (AdapterHub), as release 1.3 reads and
 * writes them. It is that of the method's smallest module, what {@code fold} leaves.
 *
 * @param <C> the method's settings
 */
public interface HubForm<C> {
  /** Of bottlenecks, which have none. */
  String NO_ARCHITECTURE = "null";

  /** As {@code architecture} names it. */
  String architecture();

  /** Whether it is the form of a method that puts gates before others, whatever they are. */
  default boolean gates() {
    return false;
  }

  /**
   * The settings that {@code source} has; empty where it is another method's to read.
   *
   * @throws org.trimtab.base.UserError for a key that says what the method doesn't compute
   */
  Optional<C> read(HubSource source);

  /**
   * The library's keys for {@code config}.
   *
   * @throws Invalid for the component whose value the library can't express
   */
  Map<String, Object> write(C config, HubTarget target);

  /**
   * The tensor of each parameter.
   *
   * @param parameters their shapes, by our names
   * @return by the same names
   */
  Map<String, HubTensor> tensors(C config, Map<String, long[]> parameters);

  /** Where the gate of what the method adds at {@code path} lies. */
  default String gate(String path) {
    throw new Invalid("", "the adapters library has no gate for it");
  }

  /** The tensors of a file with those made that {@code fold} would leave. */
  default AdapterTensors folded(C config, AdapterTensors tensors) {
    return tensors;
  }

  /** Whether row 0, which the library's heads read, is a virtual token. */
  default boolean promptFirst(C config) {
    return false;
  }
}
