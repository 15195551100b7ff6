package org.trimtab.method;

import java.util.OptionalInt;
import org.trimtab.backbone.Input;
import org.trimtab.tensor.Tensor;

/**
 * A vector of each example that no training changes, so that it need be computed only once. It is
 * asked for example by example, unpadded, so that its bits don't depend on a batch.
 */
public interface FrozenFeature {
  /** What tells it from all others over the same backbone and tokenizer. */
  String name();

  /** D, where it is of the words of a text; empty where the tokens are enough. */
  default OptionalInt widthOfWords() {
    return OptionalInt.empty();
  }

  /** (B, 1, D), each example's by itself alone. */
  Tensor of(Input input);
}
