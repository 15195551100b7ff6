package org.trimtab.method;

import org.trimtab.backbone.Contribution;
import org.trimtab.tensor.Params;

/** A method's parameters, sized for one backbone. */
public interface PeftModule {
  /** All that trains, besides the head. */
  Params params();

  /** What this adds to one forward pass; nothing of it is kept in this object. */
  Contribution contribute(Forward forward);

  /** How many rows the input of the backbone grows by. */
  default int promptLength() {
    return 0;
  }

  /**
   * The smallest module with the same predictions: what the parameters only needed for training is
   * computed once and dropped. By default the module itself.
   */
  default PeftModule fold() {
    return this;
  }
}
