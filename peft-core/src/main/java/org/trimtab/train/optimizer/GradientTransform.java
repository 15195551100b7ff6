package org.trimtab.train.optimizer;

import java.util.Map;
import org.trimtab.tensor.Gradients;

/** What happens to a step's gradients between the backward pass and the update. */
@FunctionalInterface
public interface GradientTransform {
  /**
   * Looks at the gradients of all parameters, and may change them in place.
   *
   * @return what it measured, by the name under which it is logged
   */
  Map<String, Double> apply(Gradients gradients);
}
