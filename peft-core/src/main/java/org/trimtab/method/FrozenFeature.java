package org.trimtab.method;

import java.util.Optional;
import org.trimtab.backbone.Input;
import org.trimtab.tensor.Tensor;

/**
 * A vector of each example that no training changes, so that it need be computed only once. It is
 * asked for example by example, unpadded, so that its bits don't depend on a batch.
 */
public interface FrozenFeature {
  /** What tells it from all others over the same backbone and tokenizer. */
  String name();

  /** How it is made of a text's words; empty where it is made of the tokens. */
  default Optional<OfWords> ofWords() {
    return Optional.empty();
  }

  /** A vector of a text's words, which no tensors are needed for. */
  interface OfWords {
    /** D. */
    int width();

    /** D numbers. */
    double[] of(String text);
  }

  /** (B, 1, D), each example's by itself alone. */
  Tensor of(Input input);
}
