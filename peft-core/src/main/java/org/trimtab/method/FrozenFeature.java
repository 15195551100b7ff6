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

  /** The same of words, where those are all that it reads; empty where it reads tokens. */
  default Optional<OfWords> ofWords() {
    return Optional.empty();
  }

  /** (B, 1, D), each example's by itself alone. */
  Tensor of(Input input);

  /** A vector of a text's words, for which no model is needed. */
  interface OfWords {
    /** D. */
    int width();

    /** D numbers. */
    double[] of(String text);
  }
}
