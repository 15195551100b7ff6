package org.trimtab.backbone;

import java.util.List;
import java.util.Optional;
import org.trimtab.tensor.Tensor;

/**
 * What a method adds to one forward pass. Every part is added and none replaced, so {@link #NONE}
 * is the pretrained model, bit for bit. It lives for one pass and may remember what it saw of it.
 */
public interface Contribution {
  Contribution NONE =
      new Contribution() {
        @Override
        public boolean visits(Site site) {
          return false;
        }
      };

  /**
   * Whether this changes anything at {@code site} or looks at what passes there: prompts at {@link
   * Point#EMBEDDING}, prefixes at {@link Point#ATTENTION}, deltas where they are added, and what
   * gates and traces see. At all other sites it need not be asked, so that a kernel may compute
   * layers as a whole that nobody visits. It may say more than it does, never less; who says
   * nothing is asked everywhere.
   */
  default boolean visits(Site site) {
    return true;
  }

  /**
   * Whether what is added to a row of the output of {@code site} depends on that row alone, besides
   * what holds for a whole text: then rows that nobody reads may be left out there. It may say less
   * than it could, never more.
   */
  default boolean rowwise(Site site) {
    return !visits(site);
  }

  /** Rows to join to the input of a stack; asked once, at {@link Point#EMBEDDING}. */
  default List<Prompt> prompts(At at) {
    return List.of();
  }

  /** By how many positions a prefix moves the text of {@code stack}. */
  default int shift(Stack stack) {
    return 0;
  }

  /** Keys and values to put before those of the attention at {@code at}. */
  default Optional<KeyValue> prefix(At at) {
    return Optional.empty();
  }

  /** What to add to {@code out}, the output of {@code at} without what others add there. */
  default Optional<Tensor> delta(At at, Tensor out) {
    return Optional.empty();
  }

  /** What a gate over the delta at {@code at} reads where that isn't what enters the site. */
  default Optional<Tensor> reads(At at, Tensor out) {
    return Optional.empty();
  }
}
