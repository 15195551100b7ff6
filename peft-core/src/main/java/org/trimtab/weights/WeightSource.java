package org.trimtab.weights;

import java.util.List;
import org.trimtab.tensor.HostTensor;

/** A model's tensors by their canonical names: Hugging Face's, without a model prefix. */
public interface WeightSource extends AutoCloseable {
  /** Where they come from, for messages. */
  String origin();

  List<String> names();

  /**
   * The tensor called {@code name}; linear weights are (out, in).
   *
   * @throws org.trimtab.base.UserError if there is none
   */
  HostTensor tensor(String name);

  @Override
  void close();
}
