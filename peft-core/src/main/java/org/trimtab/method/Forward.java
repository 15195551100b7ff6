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
  /** The same pass for a part of a combination, whose trace stands under the part's name. */
  public Forward part(String name) {
    return new Forward(
        dropout, features, (traced, values) -> trace.add(name + "." + traced, values));
  }

  /** A pass without features and trace. */
  public Forward(Dropout dropout) {
    this(dropout, Features.NONE, Trace.NONE);
  }
}
