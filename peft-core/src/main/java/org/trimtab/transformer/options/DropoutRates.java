package org.trimtab.transformer.options;

import org.trimtab.base.Check;

/**
 * The backbone's own dropout while training.
 *
 * @param hidden after the embeddings and each branch
 * @param attention on the attention's weights
 */
public record DropoutRates(double hidden, double attention) {
  /** A frozen backbone has no need of it. */
  public static final DropoutRates NONE = new DropoutRates(0, 0);

  public DropoutRates {
    Check.all(() -> Check.rate("hidden", hidden), () -> Check.rate("attention", attention));
  }
}
