package org.trimtab.backbone;

import java.util.List;
import java.util.Optional;
import org.trimtab.tensor.Tensor;

/**
 * What a method adds to one forward pass. Every part is added and none replaced, so {@link #NONE}
 * is the pretrained model, bit for bit.
 */
public interface Contribution {
  Contribution NONE = new Contribution() {};

  /** Rows to join to the embedded input of a stack; asked at {@link Point#EMBEDDING}. */
  default List<Prompt> prompts(At at) {
    return List.of();
  }

  /** Keys and values to put before those of the attention at {@code at}. */
  default Optional<KeyValue> prefix(At at) {
    return Optional.empty();
  }

  /** What to add to {@code out}, the output of {@code at}. */
  default Optional<Tensor> delta(At at, Tensor out) {
    return Optional.empty();
  }
}
