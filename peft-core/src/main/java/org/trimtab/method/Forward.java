package org.trimtab.method;

import org.trimtab.backbone.Dropout;

/**
 * What a module may look at before one forward pass.
 *
 * @param dropout the module's own: on in training, off in evaluation
 * @param features of the batch's examples
 * @param trace takes what is to be seen of the pass
 */
public record Forward(Dropout dropout, Features features, Trace trace) {
  /** A pass without features and trace. */
  public Forward(Dropout dropout) {
    this(dropout, Features.NONE, Trace.NONE);
  }
}
